package io.tailrace.operators.testing;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

import io.tailrace.operators.sampling.RecordedMetrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A job's keyed function or operator at some parallelism: routes records to its subtasks, and can
 * be stopped and restored.
 */
public final class KeyedHarness<K, I, O> implements AutoCloseable {

    /** How many key groups there are. */
    public static final int MAX_PARALLELISM = 16;

    /** Where state is. */
    public enum Backend {
        HASHMAP,
        ROCKSDB
    }

    private final Backend backend;
    private final Supplier<OneInputStreamOperator<I, O>> operator;
    private final KeySelector<I, K> key;
    private final TypeInformation<K> keyType;
    private final TypeInformation<O> outputType;
    private final List<String> states;
    private final List<KeyedOneInputStreamOperatorTestHarness<K, I, O>> subtasks =
            new ArrayList<>();
    private final List<MockEnvironment> environments = new ArrayList<>();
    private final List<O> output = new ArrayList<>();
    private RecordedMetrics metrics;
    private long checkpoints = 1;

    /**
     * @param states the names of all that it keeps
     */
    public static <K, I, O> KeyedHarness<K, I, O> of(
            Backend backend,
            Supplier<KeyedProcessFunction<K, I, O>> function,
            KeySelector<I, K> key,
            TypeInformation<K> keyType,
            TypeInformation<O> outputType,
            List<String> states)
            throws Exception {
        return new KeyedHarness<>(
                backend,
                () -> new KeyedProcessOperator<>(function.get()),
                key,
                keyType,
                outputType,
                states);
    }

    /**
     * @param states the names of all that it keeps
     */
    public KeyedHarness(
            Backend backend,
            Supplier<OneInputStreamOperator<I, O>> operator,
            KeySelector<I, K> key,
            TypeInformation<K> keyType,
            TypeInformation<O> outputType,
            List<String> states)
            throws Exception {
        this.backend = backend;
        this.operator = operator;
        this.key = key;
        this.keyType = keyType;
        this.outputType = outputType;
        this.states = states;
        start(1, null);
    }

    private void start(int parallelism, OperatorSubtaskState state) throws Exception {
        metrics = new RecordedMetrics();
        for (int i = 0; i < parallelism; i++) {
            MockEnvironment environment =
                    new MockEnvironmentBuilder()
                            .setTaskName("function")
                            .setManagedMemorySize(8 << 20)
                            .setMaxParallelism(MAX_PARALLELISM)
                            .setParallelism(parallelism)
                            .setSubtaskIndex(i)
                            .setMetricGroup(metrics.task())
                            .build();
            environments.add(environment);
            KeyedOneInputStreamOperatorTestHarness<K, I, O> harness =
                    new KeyedOneInputStreamOperatorTestHarness<>(
                            operator.get(), key, keyType, environment);
            harness.setStateBackend(
                    backend == Backend.ROCKSDB
                            ? new EmbeddedRocksDBStateBackend()
                            : new HashMapStateBackend());
            harness.setup(outputType.createSerializer(null));
            if (state != null) {
                harness.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                state,
                                MAX_PARALLELISM,
                                state.getManagedKeyedState().size(),
                                parallelism,
                                i));
            }
            harness.open();
            subtasks.add(harness);
        }
    }

    public void send(I value, long time) throws Exception {
        int subtask =
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        key.getKey(value), MAX_PARALLELISM, subtasks.size());
        subtasks.get(subtask).processElement(new StreamRecord<>(value, time));
        collect();
    }

    public void watermark(long time) throws Exception {
        for (var subtask : subtasks) {
            subtask.processWatermark(time);
        }
        collect();
    }

    public void end() throws Exception {
        watermark(Long.MAX_VALUE);
    }

    /** Stops with a checkpoint, and goes on from it. */
    public void restart(int parallelism) throws Exception {
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (var subtask : subtasks) {
            states.add(subtask.snapshot(checkpoints, checkpoints));
        }
        checkpoints++;
        stop();
        start(
                parallelism,
                AbstractStreamOperatorTestHarness.repackageState(
                        states.toArray(OperatorSubtaskState[]::new)));
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
            output.addAll(subtask.extractOutputValues());
            subtask.getOutput().clear();
        }
    }

    /** All that came out so far. */
    public List<O> output() {
        return List.copyOf(output);
    }

    /** Keys, and namespaces, with some state, of all states. */
    public long entries() {
        long entries = 0;
        for (var subtask : subtasks) {
            KeyedStateBackend<K> backend =
                    ((AbstractStreamOperator<O>) subtask.getOneInputOperator())
                            .getKeyedStateBackend();
            for (String state : states) {
                entries += backend.getKeysAndNamespaces(state).count();
            }
        }
        return entries;
    }

    public int timers() {
        return subtasks.stream().mapToInt(each -> each.numEventTimeTimers()).sum();
    }

    /** A counter by its path below the group, of those that run since the last start. */
    public long metric(String path) {
        return metrics.sum(path);
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
