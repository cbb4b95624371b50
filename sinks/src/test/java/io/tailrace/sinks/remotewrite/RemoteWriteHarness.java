package io.tailrace.sinks.remotewrite;

import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.runtime.operators.sink.SinkWriterOperatorFactory;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.operators.sampling.RecordedMetrics;
import io.tailrace.sinks.metrics.MetricNaming;

/** A subtask of the sink in Flink's own operator for sinks. */
final class RemoteWriteHarness implements AutoCloseable {

    private final RecordedMetrics metrics = new RecordedMetrics();
    private final OneInputStreamOperatorTestHarness<MetricSample, ?> harness;
    private long checkpoint;

    RemoteWriteHarness(RemoteWriteSettings settings, MetricNaming naming) throws Exception {
        MockEnvironment environment =
                new MockEnvironmentBuilder()
                        .setTaskName("sink")
                        .setMetricGroup(metrics.task())
                        .build();
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new SinkWriterOperatorFactory<>(new RemoteWriteSink(settings, naming)),
                        environment);
        harness.setup();
        harness.open();
    }

    void write(MetricSample sample) throws Exception {
        harness.processElement(sample, sample.time());
    }

    /** What comes before the barrier goes on. */
    void checkpoint() throws Exception {
        harness.prepareSnapshotPreBarrier(++checkpoint);
    }

    /** Lets the wall clock go on to so many milliseconds after the start. */
    void clock(long millis) throws Exception {
        harness.setProcessingTime(millis);
    }

    void endInput() throws Exception {
        harness.endInput();
    }

    long metric(String name) {
        return metrics.sum(name);
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception failure) {
            throw new AssertionError("A writer does not close", failure);
        }
    }
}
