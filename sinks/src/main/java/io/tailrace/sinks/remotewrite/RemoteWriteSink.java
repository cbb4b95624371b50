package io.tailrace.sinks.remotewrite;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.sinks.metrics.MetricNaming;

import java.io.IOException;

/**
 * Sends cumulative samples by Prometheus' remote write 1.0, each at least once. Those of one series
 * must all come to one writer, in the order of their time: it keeps one request in flight, so that
 * they arrive in this order too.
 */
public final class RemoteWriteSink implements Sink<MetricSample> {

    private static final long serialVersionUID = 1L;

    private final RemoteWriteSettings settings;
    private final MetricNaming naming;

    public RemoteWriteSink(RemoteWriteSettings settings, MetricNaming naming) {
        this.settings = settings;
        this.naming = naming;
    }

    @Override
    public SinkWriter<MetricSample> createWriter(WriterInitContext context) throws IOException {
        RemoteWriter writer =
                new RemoteWriter(
                        settings,
                        naming,
                        new RemoteWriteMetrics(context.metricGroup()),
                        context.getProcessingTimeService());
        writer.open();
        return writer;
    }
}
