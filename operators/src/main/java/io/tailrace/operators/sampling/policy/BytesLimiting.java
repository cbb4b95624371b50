package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.LimitedCondition;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

/**
 * Keeps traces up to a rate of bytes, of the whole job; bytes of OTLP as protobuf. A trace larger
 * than the burst is never kept.
 */
@Meaning("Keeps traces up to a rate of bytes over the whole job, where no other policy keeps them")
public record BytesLimiting(
        @Setting(value = "Bytes of OTLP protobuf a second in the long run", least = 1)
                long bytesPerSecond,
        @Setting(
                        value =
                                "Bytes that may come at once; 0 is twice bytes_per_second. A larger"
                                        + " trace never passes",
                        defaultsTo = "0",
                        least = 0)
                long burstCapacity)
        implements Policy {

    @Override
    public LimitedCondition compile(Compilation compilation) {
        return SingleBudget.of(compilation, bytesPerSecond, burstCapacity, Evidence::bytes);
    }

    @Override
    public boolean isLimiter() {
        return true;
    }
}
