package io.tailrace.operators.span.ottl;

import io.tailrace.operators.span.OtlpNames;

import java.util.Map;
import java.util.TreeMap;

/** The names of OTLP's numbers, which count as ints. */
final class Symbols {

    private static final Map<String, Integer> NUMBERS = new TreeMap<>();

    static {
        NUMBERS.putAll(OtlpNames.numbers(OtlpNames.STATUS_CODES));
        NUMBERS.putAll(OtlpNames.numbers(OtlpNames.SPAN_KINDS));
    }

    private Symbols() {}

    static Expression resolve(Syntax.Symbol symbol) throws OttlException {
        Integer number = NUMBERS.get(symbol.name());
        if (number != null) {
            return new Expression.Constant(number.longValue());
        }
        if (Converters.isKnown(symbol.name())) {
            throw new OttlException(
                    symbol.column(), "expected '(' after the function " + symbol.name());
        }
        throw new OttlException(
                symbol.column(), Suggestion.unknown("name", symbol.name(), NUMBERS.keySet()));
    }
}
