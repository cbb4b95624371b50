package io.tailrace.operators.span.ottl;

import java.util.Map;
import java.util.TreeMap;

/** The names of OTLP's numbers, which count as ints. */
final class Symbols {

    private static final Map<String, Long> NUMBERS =
            new TreeMap<>(
                    Map.of(
                            "STATUS_CODE_UNSET", 0L,
                            "STATUS_CODE_OK", 1L,
                            "STATUS_CODE_ERROR", 2L,
                            "SPAN_KIND_UNSPECIFIED", 0L,
                            "SPAN_KIND_INTERNAL", 1L,
                            "SPAN_KIND_SERVER", 2L,
                            "SPAN_KIND_CLIENT", 3L,
                            "SPAN_KIND_PRODUCER", 4L,
                            "SPAN_KIND_CONSUMER", 5L));

    private Symbols() {}

    static Expression resolve(Syntax.Symbol symbol) throws OttlException {
        Long number = NUMBERS.get(symbol.name());
        if (number != null) {
            return new Expression.Constant(number);
        }
        if (Converters.isKnown(symbol.name())) {
            throw new OttlException(
                    symbol.column(), "expected '(' after the function " + symbol.name());
        }
        throw new OttlException(
                symbol.column(), Suggestion.unknown("name", symbol.name(), NUMBERS.keySet()));
    }
}
