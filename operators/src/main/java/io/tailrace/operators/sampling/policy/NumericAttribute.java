package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.span.wire.Attributes;

import java.util.List;

/**
 * Keeps a trace in which some integer attribute is in a range, bounds included. As in the Collector
 * a bound of 0 is no bound, so at least one must be set.
 */
@Meaning("Keeps a trace in which an integer attribute is in a range, bounds included")
public record NumericAttribute(
        @Setting("The attribute's key, of a span, event, scope or resource") String key,
        @Setting(value = "Least value; 0 is no bound", defaultsTo = "0") long minValue,
        @Setting(value = "Greatest value; 0 is no bound", defaultsTo = "0") long maxValue,
        @Setting(value = "Keeps the traces in which none is", defaultsTo = "false")
                boolean invertMatch)
        implements Policy, Checked {

    @Override
    public void check(Problems problems) {
        if (key.isEmpty()) {
            problems.expected("key", "an attribute's key");
        }
        if (minValue == 0 && maxValue == 0) {
            problems.expected("", "min_value or max_value other than 0");
        } else if (minValue != 0 && maxValue != 0 && minValue > maxValue) {
            problems.expected("max_value", "at least min_value (%d)".formatted(minValue));
        }
    }

    @Override
    public TraceCondition compile(Compilation compilation) {
        long least = minValue == 0 ? Long.MIN_VALUE : minValue;
        long most = maxValue == 0 ? Long.MAX_VALUE : maxValue;
        TraceCondition some =
                AttributeTest.some(
                        compilation,
                        "numeric_attribute",
                        key,
                        List.of(minValue, maxValue),
                        found ->
                                found.kind() == Attributes.ValueKind.INT
                                        && found.intValue() >= least
                                        && found.intValue() <= most);
        return invertMatch ? some.inverted() : some;
    }
}
