package io.tailrace.sinks.metrics.otlp;

import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import io.opentelemetry.proto.metrics.v1.Metric;
import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.sample.Temporality;
import io.tailrace.sinks.message.Message;
import io.tailrace.sinks.metrics.MetricNaming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Encodes samples as OTLP requests, those of one service together, with application and service as
 * key; so a series has always the same key, and its samples stay in their order. A request is sent
 * when the next sample would make it larger than a message, when event time goes on, before each
 * checkpoint and at the end of input; so nothing of it is ever part of state. A sample that fits no
 * message is left out and counted.
 */
public final class SamplesToMessages extends AbstractStreamOperator<Message>
        implements OneInputStreamOperator<MetricSample, Message> {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = LoggerFactory.getLogger(SamplesToMessages.class);

    /** Of all batches together; many samples come at once where a window ends. */
    private static final long MOST_WAITING_BYTES = 16 << 20;

    /** More that are too large are only counted. */
    private static final int MOST_LOGGED = 10;

    private final MetricNaming naming;
    private final Temporality temporality;
    private final long mostBytes;

    private transient SampleMetrics sampleMetrics;
    private transient Map<ServiceBatch.Key, ServiceBatch> batches;
    private transient long waitingBytes;
    private transient Counter tooLarge;
    private transient int logged;

    /**
     * @param temporality what the samples are; it does not change them
     * @param mostBytes of a message, key and value together
     */
    public SamplesToMessages(MetricNaming naming, Temporality temporality, long mostBytes) {
        this.naming = naming;
        this.temporality = temporality;
        this.mostBytes = mostBytes;
    }

    @Override
    public void open() throws Exception {
        super.open();
        sampleMetrics = new SampleMetrics(naming, temporality);
        batches = new LinkedHashMap<>();
        waitingBytes = 0;
        tooLarge =
                getMetricGroup()
                        .addGroup("tailrace")
                        .addGroup("reason", "too_large")
                        .counter("samples_dropped");
    }

    @Override
    public void processElement(StreamRecord<MetricSample> element) {
        MetricSample sample = element.getValue();
        List<Metric> points = sampleMetrics.of(sample);
        long bytes = ServiceBatch.bytes(points);
        ServiceBatch.Key key = ServiceBatch.Key.of(sample.series());
        ServiceBatch batch = batches.getOrDefault(key, new ServiceBatch(key));
        if (!batch.isEmpty() && batch.bytes() + bytes > mostBytes
                || waitingBytes > MOST_WAITING_BYTES) {
            flush();
            batch = new ServiceBatch(key);
        }
        if (batch.bytes() + bytes > mostBytes) {
            drop(sample.series());
        } else {
            batch.add(points);
            batches.put(key, batch);
            waitingBytes += bytes;
        }
    }

    private void drop(Series series) {
        tooLarge.inc();
        if (logged < MOST_LOGGED) {
            logged++;
            LOGGER.warn(
                    "A sample of series {} of service {} is larger than the {} bytes of a message",
                    series.id().hex(),
                    series.service(),
                    mostBytes);
        }
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        flush();
        super.processWatermark(watermark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void finish() throws Exception {
        flush();
        super.finish();
    }

    private void flush() {
        for (ServiceBatch batch : batches.values()) {
            output.collect(
                    new StreamRecord<>(new Message(batch.key(), batch.request().toByteArray())));
        }
        batches.clear();
        waitingBytes = 0;
    }
}
