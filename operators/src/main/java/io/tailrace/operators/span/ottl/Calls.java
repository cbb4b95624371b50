package io.tailrace.operators.span.ottl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Binds the arguments of calls to the parameters of functions. */
final class Calls {

    private static final Map<String, String> REFUSED =
            Map.of(
                    "Now", "time comes from spans only; it would differ from run to run",
                    "UUID", "a condition says the same of a span each time",
                    "UUIDv7", "a condition says the same of a span each time");

    private final Compiler compiler;

    Calls(Compiler compiler) {
        this.compiler = compiler;
    }

    Expression compile(Syntax.Call call) throws OttlException {
        Expression result = call(call);
        if (call.keys().isEmpty()) {
            return result;
        }
        List<Key> keys = new ArrayList<>();
        for (Syntax each : call.keys()) {
            keys.add(Key.of(each.column(), compiler.expression(each)));
        }
        if (result.type() != Type.LIST && result.type() != Type.MAP && result.type() != Type.ANY) {
            throw new OttlException(
                    call.keys().get(0).column(), result.type().described() + " has no keys");
        }
        return new Expression.Computed(
                Type.ANY,
                row -> {
                    Object value = result.value(row);
                    for (Key key : keys) {
                        value = Key.within(value, Key.now(key, row));
                    }
                    return value;
                });
    }

    private Expression call(Syntax.Call call) throws OttlException {
        if (call.name().equals(Converters.IS_ROOT_SPAN)) {
            if (!call.arguments().isEmpty()) {
                throw new OttlException(call.column(), "IsRootSpan takes no arguments");
            }
            return new Expression.Computed(Type.BOOL, row -> row.span.isRoot());
        }
        if (REFUSED.containsKey(call.name())) {
            throw new OttlException(
                    call.column(),
                    "%s is not supported: %s".formatted(call.name(), REFUSED.get(call.name())));
        }
        Converter converter = Converters.ALL.get(call.name());
        if (converter == null) {
            throw new OttlException(
                    call.column(), Suggestion.unknown("function", call.name(), Converters.names()));
        }
        return bound(call, converter);
    }

    private Expression bound(Syntax.Call call, Converter converter) throws OttlException {
        Syntax.Argument[] places = places(call, converter);
        Expression[] inputs = new Expression[places.length];
        List<Function<Row, Object>> sources = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            Parameter parameter = converter.parameters().get(i);
            if (places[i] == null) {
                inputs[i] = new Expression.Constant(null);
                sources.add(row -> null);
            } else {
                inputs[i] = compiler.expression(places[i].value());
                sources.add(source(converter, parameter, places[i], inputs[i]));
            }
        }
        Expression expression =
                new Expression.Computed(
                        converter.result(),
                        row -> {
                            Object[] values = new Object[sources.size()];
                            for (int i = 0; i < values.length; i++) {
                                values[i] = sources.get(i).apply(row);
                            }
                            return converter.body().of(new Arguments(values));
                        });
        return Compiler.folded(call, expression, inputs);
    }

    /** The arguments in the order of the parameters; null where one is missing that may be. */
    private static Syntax.Argument[] places(Syntax.Call call, Converter converter)
            throws OttlException {
        List<Parameter> parameters = converter.parameters();
        Syntax.Argument[] places = new Syntax.Argument[parameters.size()];
        boolean named = false;
        int next = 0;
        for (Syntax.Argument argument : call.arguments()) {
            if (named && argument.name() == null) {
                throw new OttlException(
                        argument.column(), "arguments without a name stand before named ones");
            }
            named = argument.name() != null;
            int place = named ? place(argument, converter) : next++;
            if (place >= places.length || places[place] != null) {
                throw new OttlException(
                        argument.column(), "one argument too many; it is " + converter.signature());
            }
            places[place] = argument;
        }
        for (int i = 0; i < places.length; i++) {
            if (places[i] == null && !parameters.get(i).optional()) {
                throw new OttlException(
                        call.column(),
                        "'%s' is missing; it is %s"
                                .formatted(parameters.get(i).name(), converter.signature()));
            }
        }
        return places;
    }

    private static int place(Syntax.Argument argument, Converter converter) throws OttlException {
        List<String> names = converter.parameters().stream().map(Parameter::name).toList();
        int place = names.indexOf(argument.name());
        if (place < 0) {
            throw new OttlException(
                    argument.column(),
                    "no argument '%s'; it is %s".formatted(argument.name(), converter.signature()));
        }
        return place;
    }

    private static Function<Row, Object> source(
            Converter converter, Parameter parameter, Syntax.Argument argument, Expression input)
            throws OttlException {
        int column = argument.value().column();
        if (input.type() != Type.ANY && !parameter.takes(input.type())) {
            throw new OttlException(column, mismatch(converter, parameter, input.type()));
        }
        if (!parameter.choices().isEmpty()
                && !(input instanceof Expression.Constant constant
                        && parameter.choices().contains((String) constant.constant()))) {
            throw new OttlException(
                    column,
                    "'%s' is one of %s"
                            .formatted(parameter.name(), String.join(", ", parameter.choices())));
        }
        if (input instanceof Expression.Constant constant) {
            Object value = prepared(column, parameter, constant.constant());
            return row -> value;
        }
        Function<Row, Object> checked =
                row -> {
                    Object value = input.value(row);
                    if (!parameter.takes(Type.of(value))) {
                        throw new OttlEvaluationException(
                                mismatch(converter, parameter, Type.of(value)));
                    }
                    return value;
                };
        if (parameter.preparation() == null) {
            return checked;
        }
        Remembered<String, Object> prepared = new Remembered<>(parameter.preparation());
        return row -> prepared.of((String) checked.apply(row));
    }

    private static Object prepared(int column, Parameter parameter, Object value)
            throws OttlException {
        try {
            return parameter.preparation() == null
                    ? value
                    : parameter.preparation().apply((String) value);
        } catch (OttlEvaluationException wrong) {
            throw new OttlException(column, wrong.getMessage());
        }
    }

    private static String mismatch(Converter converter, Parameter parameter, Type found) {
        return "%s needs %s, found %s"
                .formatted(converter.name(), parameter.described(), found.described());
    }
}
