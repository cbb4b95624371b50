package io.tailrace.jobs.discovery.host;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import java.util.function.IntSupplier;

/** What is asked and answered, in a group of its own below {@code tailrace}. */
final class LookupMetrics {

    private final MetricGroup group;
    private final Counter lookups;
    private final Counter cached;
    private final Counter found;
    private final Counter unknown;
    private final Counter failed;
    private final Counter notAsked;

    /**
     * @param group that of all metrics of this project
     * @param whose who is asked
     */
    LookupMetrics(MetricGroup group, String whose) {
        this.group = group.addGroup(whose);
        lookups = this.group.counter("lookups");
        cached = this.group.counter("cached");
        found = this.group.counter("found");
        unknown = this.group.counter("unknown");
        failed = this.group.counter("failed");
        notAsked = this.group.counter("not_asked");
    }

    void inFlight(IntSupplier now) {
        group.gauge("in_flight", now::getAsInt);
    }

    void lookup() {
        lookups.inc();
    }

    /** What need not be asked, for the last answer is young enough. */
    void cached() {
        cached.inc();
    }

    void found() {
        found.inc();
    }

    void unknown() {
        unknown.inc();
    }

    /** A question to which nobody answered. */
    void failed() {
        failed.inc();
    }

    /** A question that was not asked, for too many wait for their answers. */
    void notAsked() {
        notAsked.inc();
    }
}
