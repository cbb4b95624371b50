package io.tailrace.operators.sampling;

import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.time.Duration;

/** BlueKing's parameters of tail sampling under their own names, with their own defaults. */
public record BkSettings(
        @Setting(value = "max_spans_per_trace", defaultsTo = "10000", least = 1) int maxSpanCount,
        @Setting(value = "decision_wait in minutes", defaultsTo = "30", least = 1, most = 100_000)
                long traceSessionGapMin,
        @Setting(
                        value = "decision_ttl in minutes",
                        defaultsTo = "1440",
                        least = 0,
                        most = 10_000_000)
                long traceMarkTimeoutMin)
        implements Serializable {

    Duration decisionWait() {
        return Duration.ofMinutes(traceSessionGapMin);
    }

    Duration decisionTtl() {
        return Duration.ofMinutes(traceMarkTimeoutMin);
    }
}
