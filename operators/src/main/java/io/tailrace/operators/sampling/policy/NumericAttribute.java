package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.evidence.AttributeCondition;
import io.tailrace.operators.sampling.evidence.SpanConditions;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.span.wire.Attributes;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Keeps a trace of which some span or resource has an integer attribute in a range, bounds
 * included. As in the Collector a bound of 0 is no bound, so at least one must be set.
 */
@Meaning(
        "Keeps a trace of which some span or resource has an integer attribute in a range, bounds included")
public record NumericAttribute(
        @Setting("The attribute's key, of a span or its resource") String key,
        @Setting(value = "Least value; 0 is no bound", defaultsTo = "0") long minValue,
        @Setting(value = "Greatest value; 0 is no bound", defaultsTo = "0") long maxValue,
        @Setting(value = "Keeps the traces of which none has it", defaultsTo = "false")
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
    public TraceCondition compile(SpanConditions conditions) {
        int inRange =
                conditions.bit(
                        "numeric_attribute",
                        List.of(key, minValue, maxValue),
                        new InRange(
                                key.getBytes(StandardCharsets.UTF_8),
                                minValue == 0 ? Long.MIN_VALUE : minValue,
                                maxValue == 0 ? Long.MAX_VALUE : maxValue));
        return (traceId, evidence) -> evidence.has(inRange) != invertMatch;
    }

    private record InRange(byte[] key, long least, long most) implements AttributeCondition {
        @Override
        public boolean on(Attributes attributes) {
            return attributes.find(key)
                    && attributes.kind() == Attributes.ValueKind.INT
                    && attributes.intValue() >= least
                    && attributes.intValue() <= most;
        }
    }
}
