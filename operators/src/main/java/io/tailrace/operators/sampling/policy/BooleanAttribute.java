package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.span.wire.Attributes;

import java.util.List;

/** Keeps a trace in which some boolean attribute has a value. */
@Meaning("Keeps a trace in which a boolean attribute has this value")
public record BooleanAttribute(
        @Setting("The attribute's key, of a span, event, scope or resource") String key,
        @Setting(value = "The value", defaultsTo = "false") boolean value,
        @Setting(value = "Keeps the traces in which none has it", defaultsTo = "false")
                boolean invertMatch)
        implements Policy, Checked {

    @Override
    public void check(Problems problems) {
        if (key.isEmpty()) {
            problems.expected("key", "an attribute's key");
        }
    }

    @Override
    public TraceCondition compile(Compilation compilation) {
        boolean wanted = value;
        TraceCondition some =
                AttributeTest.some(
                        compilation,
                        "boolean_attribute",
                        key,
                        List.of(wanted),
                        found ->
                                found.kind() == Attributes.ValueKind.BOOL
                                        && found.boolValue() == wanted);
        return invertMatch ? some.inverted() : some;
    }
}
