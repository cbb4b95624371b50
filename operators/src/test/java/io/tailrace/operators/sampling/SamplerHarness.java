package io.tailrace.operators.sampling;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * A job's sampler at some parallelism: routes chunks to its subtasks, and can be stopped and
 * restored.
 */
final class SamplerHarness implements AutoCloseable {

    private static final int MAX_PARALLELISM = 16;
    private static final List<String> OPEN = List.of("open-trace", "trace-chunks", "span-arrivals");
    private static final String DECIDED = "decided-trace";
    private static final String DECISIONS = "decision-blocks";
    private static final String TRACES = "open-trace-blocks";

    enum Backend {
        HASHMAP,
        ROCKSDB
    }

    private final Backend backend;
    private final List<KeyedOneInputStreamOperatorTestHarness<TraceId, TraceChunk, KeptSpans>>
            subtasks = new ArrayList<>();
    private final List<MockEnvironment> environments = new ArrayList<>();
    private final List<KeptSpans> kept = new ArrayList<>();
    private final List<DecisionRecord> records = new ArrayList<>();
    private SamplingSettings settings;
    private Chunks chunks;
    private long checkpoints = 1;
    private long watermark;
    private long processingTime;
    private RecordedMetrics metrics;

    SamplerHarness(Backend backend, SamplingSettings settings) throws Exception {
        this(backend, settings, null);
    }

    /**
     * @param state of one subtask before; null for none
     */
    SamplerHarness(Backend backend, SamplingSettings settings, OperatorSubtaskState state)
            throws Exception {
        this.backend = backend;
        this.settings = settings;
        start(1, state);
    }

    private void start(int parallelism, OperatorSubtaskState state) throws Exception {
        metrics = new RecordedMetrics();
        chunks = new Chunks(settings);
        for (int i = 0; i < parallelism; i++) {
            KeyedOneInputStreamOperatorTestHarness<TraceId, TraceChunk, KeptSpans> harness =
                    new KeyedOneInputStreamOperatorTestHarness<>(
                            new TraceSampler(settings),
                            TraceChunk::traceId,
                            TraceId.TYPE,
                            environment(parallelism, i));
            harness.setStateBackend(
                    backend == Backend.ROCKSDB
                            ? new EmbeddedRocksDBStateBackend()
                            : new HashMapStateBackend());
            harness.setup(KeptSpans.TYPE.createSerializer(null));
            if (state != null) {
                harness.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                state,
                                MAX_PARALLELISM,
                                state.getManagedOperatorState().size(),
                                parallelism,
                                i));
            }
            harness.open();
            subtasks.add(harness);
        }
    }

    private MockEnvironment environment(int parallelism, int subtask) {
        MockEnvironment environment =
                new MockEnvironmentBuilder()
                        .setTaskName("sampler")
                        .setManagedMemorySize(8 << 20)
                        .setMaxParallelism(MAX_PARALLELISM)
                        .setParallelism(parallelism)
                        .setSubtaskIndex(subtask)
                        .setMetricGroup(metrics.task())
                        .build();
        environments.add(environment);
        return environment;
    }

    void send(TraceChunk chunk) throws Exception {
        int subtask =
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        chunk.traceId(), MAX_PARALLELISM, subtasks.size());
        subtasks.get(subtask).processElement(new StreamRecord<>(chunk, chunk.arrival()));
    }

    /** Sends spans of one trace as a request would bring them. */
    void send(long arrival, Span... spans) throws Exception {
        send(chunks.of(Requests.of(spans), arrival).get(0));
    }

    void watermark(long time) throws Exception {
        watermark = time;
        tick();
        for (var subtask : subtasks) {
            subtask.processWatermark(time);
        }
    }

    /** Processing time goes on, for what the sampler does between two checkpoints. */
    private void tick() throws Exception {
        processingTime += 100;
        for (var subtask : subtasks) {
            subtask.setProcessingTime(processingTime);
        }
    }

    /** Lets so much time pass that whatever has expired is forgotten too. */
    void sliceLater() throws Exception {
        watermark(watermark == Long.MAX_VALUE ? watermark : watermark + 30_000);
    }

    void end() throws Exception {
        watermark(Long.MAX_VALUE);
    }

    /**
     * A checkpoint.
     *
     * @param kept how many results there were
     * @param records likewise
     */
    record Checkpoint(OperatorSubtaskState state, int kept, int records) {}

    Checkpoint checkpoint() throws Exception {
        collect();
        tick();
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (var subtask : subtasks) {
            states.add(subtask.snapshot(checkpoints, checkpoints));
        }
        checkpoints++;
        return new Checkpoint(
                AbstractStreamOperatorTestHarness.repackageState(
                        states.toArray(OperatorSubtaskState[]::new)),
                kept.size(),
                records.size());
    }

    /** Stops with a checkpoint, and goes on from it. */
    void restart(int parallelism, SamplingSettings then) throws Exception {
        goBack(checkpoint(), parallelism, then);
    }

    /** Fails, and goes on from a checkpoint as if nothing had come since. */
    void goBack(Checkpoint to, int parallelism, SamplingSettings then) throws Exception {
        stop();
        kept.subList(to.kept, kept.size()).clear();
        records.subList(to.records, records.size()).clear();
        settings = then;
        start(parallelism, to.state);
    }

    private void stop() throws Exception {
        for (var subtask : subtasks) {
            subtask.close();
        }
        subtasks.clear();
        for (MockEnvironment environment : environments) {
            environment.close();
        }
        environments.clear();
    }

    private void collect() {
        for (var subtask : subtasks) {
            kept.addAll(subtask.extractOutputValues());
            subtask.getOutput().clear();
            Queue<StreamRecord<DecisionRecord>> side =
                    subtask.getSideOutput(TraceSampler.DECISIONS);
            if (side != null) {
                side.forEach(record -> records.add(record.getValue()));
                side.clear();
            }
        }
    }

    /** All that was kept so far. */
    List<KeptSpans> kept() {
        collect();
        return List.copyOf(kept);
    }

    /** All records so far. */
    List<DecisionRecord> records() {
        collect();
        return List.copyOf(records);
    }

    int stateEntries() {
        // RocksDB's own count holds timers too, whose removal it may not have written yet.
        return backend == Backend.ROCKSDB
                ? formerEntries() + openLists() + entries(DECIDED) + lists(DECISIONS)
                : subtasks.stream().mapToInt(each -> each.numKeyedStateEntries()).sum();
    }

    /** Lists of open traces in state; those of a slice of time stay until it is over. */
    int openLists() {
        return lists(TRACES);
    }

    private int formerEntries() {
        return OPEN.stream().mapToInt(this::entries).sum();
    }

    private int entries(String state) {
        return subtasks.stream().mapToInt(each -> (int) keys(each, state).distinct().count()).sum();
    }

    private int lists(String state) {
        return subtasks.stream()
                .mapToInt(
                        each ->
                                (int)
                                        each.getOperator()
                                                .getKeyedStateBackend()
                                                .getKeysAndNamespaces(state)
                                                .count())
                .sum();
    }

    private static Stream<?> keys(
            KeyedOneInputStreamOperatorTestHarness<TraceId, TraceChunk, KeptSpans> subtask,
            String state) {
        return subtask.getOperator().getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE);
    }

    int timers() {
        return subtasks.stream().mapToInt(each -> each.numEventTimeTimers()).sum();
    }

    /**
     * A counter, a gauge or a histogram's count by its path below the group, summed over the
     * subtasks that run.
     */
    long metric(String path) {
        return metrics.sum(path);
    }

    /** The greatest value of a histogram in the subtasks that run. */
    long greatest(String path) {
        return metrics.greatest(path);
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
