package io.tailrace.operators.metrics.window;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import io.tailrace.operators.application.ServiceCounters;
import io.tailrace.operators.metrics.MetricPart;

/** What windows count, in the group {@code tailrace}. */
final class WindowMetrics {

    private final Counter rows;
    private final Counter corrections;
    private final Counter reshaped;
    private final ServiceCounters behindWatermark;

    WindowMetrics(MetricGroup operator) {
        MetricGroup group = operator.addGroup("tailrace");
        rows = group.counter("rows");
        corrections = group.counter("rows_corrected");
        reshaped = group.counter("windows_reshaped");
        behindWatermark = new ServiceCounters(group, "spans_behind_watermark");
    }

    void row(int revision) {
        rows.inc();
        if (revision > 0) {
            corrections.inc();
        }
    }

    /** A window whose durations were counted by other buckets before. */
    void reshaped() {
        reshaped.inc();
    }

    void behindWatermark(MetricPart part) {
        behindWatermark.add(part.series().service(), part.totals().count());
    }
}
