package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.LimitedCondition;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

/**
 * Keeps traces up to a rate of spans, of the whole job. A trace with more spans than the burst is
 * never kept.
 */
@Meaning("Keeps traces up to a rate of spans over the whole job, where no other policy keeps them")
public record RateLimiting(
        @Setting(value = "Spans a second in the long run", least = 1) long spansPerSecond,
        @Setting(
                        value =
                                "Spans that may come at once; 0 is twice spans_per_second. A larger"
                                        + " trace never passes",
                        defaultsTo = "0",
                        least = 0)
                long burstCapacity)
        implements Policy {

    @Override
    public LimitedCondition compile(Compilation compilation) {
        return SingleBudget.of(compilation, spansPerSecond, burstCapacity, Evidence::spans);
    }

    @Override
    public boolean isLimiter() {
        return true;
    }
}
