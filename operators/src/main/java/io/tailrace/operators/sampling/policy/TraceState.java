package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Keeps a trace of which some span's W3C trace state has one of some values under a key. A trace
 * state that cannot be parsed has none.
 */
@Meaning("Keeps a trace of which some span's W3C trace state has one of these values under a key")
public record TraceState(
        @Setting("The key in the trace state") String key,
        @Setting(
                        value =
                                "The values; those that have 256 characters or more together with the key"
                                        + " are ignored",
                        least = 1)
                List<String> values)
        implements Policy, Checked {

    /** As the Collector has it: W3C lets no longer value be kept. */
    private static final int LIMIT = 256;

    @Override
    public void check(Problems problems) {
        if (key.isEmpty()) {
            problems.expected("key", "a key of the trace state");
        }
    }

    @Override
    public TraceCondition compile(Compilation compilation) {
        Set<String> wanted =
                Set.copyOf(
                        values.stream()
                                .filter(value -> key.length() + value.length() < LIMIT)
                                .toList());
        List<String> parameters = new ArrayList<>(List.of(key));
        parameters.addAll(values);
        int matched =
                compilation
                        .conditions()
                        .bit(
                                "trace_state",
                                parameters,
                                (resource, scope, span) -> {
                                    String found =
                                            io.tailrace.operators.span.tracestate.TraceState.read(
                                                            span.traceState())
                                                    .value(key);
                                    return found != null && wanted.contains(found);
                                });
        return known -> known.growing(known.evidence().has(matched));
    }
}
