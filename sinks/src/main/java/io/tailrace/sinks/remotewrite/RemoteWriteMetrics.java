package io.tailrace.sinks.remotewrite;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

import java.util.HashMap;
import java.util.Map;

/** What a writer counts, in the group {@code tailrace}, and what Flink counts of all sinks. */
final class RemoteWriteMetrics {

    private final SinkWriterMetricGroup flinks;
    private final MetricGroup group;
    private final Counter sent;
    private final Counter retried;
    private final Counter requests;
    private final Counter flushMillis;
    private final Map<Integer, Counter> dropped = new HashMap<>();
    private long lastFlushMillis;

    RemoteWriteMetrics(SinkWriterMetricGroup flinks) {
        this.flinks = flinks;
        group = flinks.addGroup("tailrace");
        sent = group.counter("samples_sent");
        retried = group.counter("samples_retried");
        requests = group.counter("requests");
        flushMillis = group.counter("flush_ms");
        flinks.setCurrentSendTimeGauge(() -> lastFlushMillis);
    }

    void requested() {
        requests.inc();
    }

    void sent(int samples) {
        sent.inc(samples);
        flinks.getNumRecordsSendCounter().inc(samples);
    }

    void retried(int samples) {
        retried.inc(samples);
    }

    /** By the status that the server answered with. */
    void dropped(int samples, int status) {
        flinks.getNumRecordsSendErrorsCounter().inc(samples);
        dropped.computeIfAbsent(
                        status,
                        any ->
                                group.addGroup("reason", "status_" + status)
                                        .counter("samples_dropped"))
                .inc(samples);
    }

    void flushed(long millis) {
        lastFlushMillis = millis;
        flushMillis.inc(millis);
    }
}
