package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

/**
 * Keeps a trace that took longer than a time, and at most as long as another: from the earliest
 * start to the latest end of all its spans, in whole milliseconds. The Collector tests after every
 * span, so that a part of a trace can meet an upper bound that the whole exceeds; here the whole
 * counts.
 */
@Meaning("Keeps a trace by the time from the earliest start to the latest end of its spans")
public record Latency(
        @Setting(
                        value = "It took longer than this, in whole milliseconds",
                        defaultsTo = "0",
                        least = 0)
                long thresholdMs,
        @Setting(
                        value = "It took at most this, in whole milliseconds; 0 is no bound",
                        defaultsTo = "0",
                        least = 0)
                long upperThresholdMs)
        implements Policy, Checked {

    @Override
    public void check(Problems problems) {
        if (upperThresholdMs != 0 && upperThresholdMs <= thresholdMs) {
            problems.expected(
                    "upper_threshold_ms", "more than threshold_ms (%d)".formatted(thresholdMs));
        }
    }

    @Override
    public TraceCondition compile(Compilation compilation) {
        if (upperThresholdMs == 0) {
            return known -> known.growing(known.evidence().durationMillis() > thresholdMs);
        }
        return known -> {
            long duration = known.evidence().durationMillis();
            return duration > thresholdMs
                    ? known.shrinking(duration <= upperThresholdMs)
                    : known.growing(false);
        };
    }
}
