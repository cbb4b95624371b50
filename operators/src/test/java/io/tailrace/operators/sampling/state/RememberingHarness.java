package io.tailrace.operators.sampling.state;

import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.checkpoint.SnapshotType;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

import io.tailrace.operators.span.TraceId;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A {@link RememberingOperator} at some parallelism, that can be stopped and restored. */
final class RememberingHarness implements AutoCloseable {

    static final int MAX_PARALLELISM = 16;

    enum Backend {
        HASHMAP {
            @Override
            StateBackend make() {
                return new HashMapStateBackend();
            }
        },
        ROCKSDB {
            @Override
            StateBackend make() {
                return new EmbeddedRocksDBStateBackend();
            }
        };

        abstract StateBackend make();
    }

    private final List<KeyedOneInputStreamOperatorTestHarness<TraceId, DecidedTrace, DecidedTrace>>
            subtasks = new ArrayList<>();
    private final List<DecidedTrace> told = new ArrayList<>();

    /**
     * @param memory null for the way of the version before slices
     */
    RememberingHarness(Backend backend, Duration memory) throws Exception {
        start(backend, memory, 1, 1, null);
    }

    private void start(
            Backend backend,
            Duration memory,
            int parallelismBefore,
            int parallelism,
            OperatorSubtaskState state)
            throws Exception {
        for (int i = 0; i < parallelism; i++) {
            var subtask =
                    new KeyedOneInputStreamOperatorTestHarness<>(
                            new RememberingOperator(memory),
                            (DecidedTrace decided) -> decided.record().traceId(),
                            TraceId.TYPE,
                            MAX_PARALLELISM,
                            parallelism,
                            i);
            subtask.setStateBackend(backend.make());
            subtask.setup(DecidedTrace.TYPE.createSerializer(null));
            if (state != null) {
                subtask.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                state, MAX_PARALLELISM, parallelismBefore, parallelism, i));
            }
            subtask.open();
            subtasks.add(subtask);
        }
    }

    private KeyedOneInputStreamOperatorTestHarness<TraceId, DecidedTrace, DecidedTrace> subtask(
            TraceId id) {
        return subtasks.get(
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        id, MAX_PARALLELISM, subtasks.size()));
    }

    private RememberingOperator operator(TraceId id) {
        return (RememberingOperator) subtask(id).getOperator();
    }

    void send(DecidedTrace decided, long arrival) throws Exception {
        subtask(decided.record().traceId()).processElement(new StreamRecord<>(decided, arrival));
    }

    void decideLater(DecidedTrace decided) {
        operator(decided.record().traceId()).decideLater(decided);
    }

    DecidedTrace get(TraceId id) throws Exception {
        return operator(id).get(id);
    }

    boolean isKnownWithoutState(TraceId id) throws Exception {
        return operator(id).isKnownWithoutState(id);
    }

    void watermark(long time) throws Exception {
        for (var subtask : subtasks) {
            subtask.processWatermark(time);
        }
    }

    void checkpoint() throws Exception {
        for (var subtask : subtasks) {
            subtask.snapshot(1, 1);
        }
    }

    /** Stops with a checkpoint, and goes on from it. */
    void restart(Backend backend, Duration memory, int parallelism) throws Exception {
        restart(backend, memory, parallelism, CheckpointType.CHECKPOINT);
    }

    /** Stops with a savepoint that every backend reads, and goes on from it. */
    void restartFromSavepoint(Backend backend, Duration memory, int parallelism) throws Exception {
        SnapshotType canonical = SavepointType.savepoint(SavepointFormatType.CANONICAL);
        restart(backend, memory, parallelism, canonical);
    }

    private void restart(Backend backend, Duration memory, int parallelism, SnapshotType type)
            throws Exception {
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (var subtask : subtasks) {
            states.add(subtask.snapshotWithLocalState(1, 1, type).getJobManagerOwnedState());
        }
        int parallelismBefore = subtasks.size();
        stop();
        start(
                backend,
                memory,
                parallelismBefore,
                parallelism,
                AbstractStreamOperatorTestHarness.repackageState(
                        states.toArray(OperatorSubtaskState[]::new)));
    }

    /** All whose second record was told so far. */
    List<DecidedTrace> told() {
        for (var subtask : subtasks) {
            told.addAll(subtask.extractOutputValues());
            subtask.getOutput().clear();
        }
        return told;
    }

    int timers() {
        return subtasks.stream().mapToInt(each -> each.numEventTimeTimers()).sum();
    }

    /** Decisions that are values of their own in state. */
    int values() {
        return entries("decided-trace");
    }

    /** Lists of blocks that are in state. */
    int lists() {
        return entries("decision-blocks");
    }

    private int entries(String state) {
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

    private void stop() throws Exception {
        told();
        for (var subtask : subtasks) {
            subtask.close();
        }
        subtasks.clear();
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
