package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.settings.Meaning;

import java.util.List;

/** Keeps a trace of which some span has the sampled flag of W3C Trace Context set. */
@Meaning("Keeps a trace of which some span has the sampled flag of W3C Trace Context set")
public record TraceFlags() implements Policy {

    private static final int SAMPLED = 1;

    @Override
    public TraceCondition compile(Compilation compilation) {
        int flagged =
                compilation
                        .conditions()
                        .bit(
                                "trace_flags",
                                List.of(),
                                (resource, scope, span) -> (span.flags() & SAMPLED) != 0);
        return known -> known.growing(known.evidence().has(flagged));
    }
}
