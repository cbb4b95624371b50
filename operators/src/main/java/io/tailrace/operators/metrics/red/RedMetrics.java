package io.tailrace.operators.metrics.red;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

import io.tailrace.operators.application.ServiceCounters;

/** What {@link RedCounting} tells of itself. */
final class RedMetrics {

    private final MetricGroup group;
    private final Counter spansCounted;
    private final Counter partsOut;
    private final Counter wrongApplications;
    private final ServiceCounters tooLate;
    private final ServiceCounters ahead;

    RedMetrics(MetricGroup group) {
        this.group = group;
        spansCounted = group.counter("spans_counted");
        partsOut = group.counter("parts_out");
        wrongApplications = group.counter("wrong_application_attributes");
        tooLate = new ServiceCounters(group, "spans_too_late");
        ahead = new ServiceCounters(group, "spans_ahead");
    }

    MetricGroup group() {
        return group;
    }

    Counter wrongApplications() {
        return wrongApplications;
    }

    void watch(LocalCounts counts, SpanCounts spans) {
        group.gauge("local_series", (Gauge<Integer>) counts::series);
        group.gauge("local_totals", (Gauge<Integer>) counts::pending);
        group.gauge("local_bytes", (Gauge<Long>) counts::bytes);
        group.gauge("local_budget_used_up", (Gauge<Long>) counts::timesFull);
        group.gauge("values_cut", (Gauge<Long>) spans::valuesCut);
    }

    void counted() {
        spansCounted.inc();
    }

    void partOut() {
        partsOut.inc();
    }

    void tooLate(String service) {
        tooLate.add(service, 1);
    }

    void ahead(String service) {
        ahead.add(service, 1);
    }
}
