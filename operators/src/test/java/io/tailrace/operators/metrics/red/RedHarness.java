package io.tailrace.operators.metrics.red;

import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.input.Origin;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.TestMetricsSettings;
import io.tailrace.operators.pairing.Sides;
import io.tailrace.operators.pairing.SpanSide;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.reading.RequestReader;
import io.tailrace.operators.sampling.RecordedMetrics;

import java.util.ArrayList;
import java.util.List;

/** The operator on its own. */
final class RedHarness implements AutoCloseable {

    private static final Origin ORIGIN = new Origin("spans", 1, 42L);

    final RecordedMetrics metrics = new RecordedMetrics();
    private final LocalRed operator;
    private final OneInputStreamOperatorTestHarness<SpanRequest, MetricPart> harness;
    private final List<MetricPart> parts = new ArrayList<>();

    RedHarness(TestMetricsSettings settings) throws Exception {
        operator = new LocalRed(settings.make(), TestMetricsSettings.APPLICATION);
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        operator,
                        new MockEnvironmentBuilder().setMetricGroup(metrics.task()).build());
        harness.open();
    }

    void send(ExportTraceServiceRequest request, long arrival) throws Exception {
        send(Encoding.OTLP_PROTO, request.toByteArray(), arrival);
    }

    void send(Encoding encoding, byte[] payload, long arrival) throws Exception {
        harness.processElement(
                new StreamRecord<>(new SpanRequest(ORIGIN, arrival, encoding, payload), arrival));
    }

    void watermark(long time) throws Exception {
        harness.processWatermark(time);
    }

    void barrier() throws Exception {
        operator.prepareSnapshotPreBarrier(1);
    }

    void finish() throws Exception {
        operator.finish();
    }

    /** All parts so far; each with its arrival as its time. */
    @SuppressWarnings("unchecked")
    List<MetricPart> parts() {
        for (Object each : harness.getOutput()) {
            if (each instanceof StreamRecord<?> record) {
                StreamRecord<MetricPart> part = (StreamRecord<MetricPart>) record;
                if (part.getTimestamp() != part.getValue().arrival()) {
                    throw new AssertionError(part + " is not of the time of its arrival");
                }
                parts.add(part.getValue());
            }
        }
        harness.getOutput().clear();
        return parts;
    }

    /** Whether a watermark is the last that came out. */
    boolean endsWithWatermark() {
        Object last = null;
        for (Object each : harness.getOutput()) {
            last = each;
        }
        return last instanceof org.apache.flink.streaming.api.watermark.Watermark;
    }

    List<DeadLetter> deadLetters() {
        var letters = harness.getSideOutput(RequestReader.DEAD_LETTERS);
        return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
    }

    /** Of calls; those that were handed on. */
    List<SpanSide> sides() throws Exception {
        return Sides.read(sideBlocks());
    }

    List<SideBlock> sideBlocks() {
        var sides = harness.getSideOutput(LocalRed.SIDES);
        return sides == null ? List.of() : sides.stream().map(StreamRecord::getValue).toList();
    }

    void idle() throws Exception {
        harness.processWatermarkStatus(WatermarkStatus.IDLE);
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception failure) {
            throw new IllegalStateException("The operator did not close", failure);
        }
    }
}
