package io.tailrace.operators.sampling;

import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.time.Duration;

/**
 * BlueKing's parameters of tail sampling under their own names, with their own defaults. What the
 * spec does not name is null in the record.
 */
public record BkSettings(
        @Setting(
                        value = "max_spans_per_trace under another name",
                        optional = true,
                        otherwise = "10000",
                        least = 1)
                Integer maxSpanCount,
        @Setting(
                        value = "decision_wait under another name, in minutes",
                        optional = true,
                        otherwise = "30",
                        least = 1,
                        most = 100_000)
                Integer traceSessionGapMin,
        @Setting(
                        value = "decision_ttl under another name, in minutes",
                        optional = true,
                        otherwise = "1440",
                        least = 0,
                        most = 10_000_000)
                Integer traceMarkTimeoutMin)
        implements Serializable {

    private static final int MAX_SPAN_COUNT = 10_000;
    private static final int TRACE_SESSION_GAP_MIN = 30;
    private static final int TRACE_MARK_TIMEOUT_MIN = 1440;

    int maxSpansPerTrace() {
        return maxSpanCount == null ? MAX_SPAN_COUNT : maxSpanCount;
    }

    Duration decisionWait() {
        return Duration.ofMinutes(
                traceSessionGapMin == null ? TRACE_SESSION_GAP_MIN : traceSessionGapMin);
    }

    Duration decisionTtl() {
        return Duration.ofMinutes(
                traceMarkTimeoutMin == null ? TRACE_MARK_TIMEOUT_MIN : traceMarkTimeoutMin);
    }
}
