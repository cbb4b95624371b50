package io.tailrace.operators.testing;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

import io.tailrace.operators.sampling.RecordedMetrics;
import io.tailrace.operators.testing.KeyedHarness.Backend;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The subtasks of an operator whose first input is keyed. They can be stopped and restored.
 *
 * @param <K> the key
 * @param <O> what comes out
 * @param <P> the operator
 */
final class Subtasks<K, I, O, P extends StreamOperator<O>> implements AutoCloseable {

    static final int MAX_PARALLELISM = 16;

    /** What is done with an operator. */
    interface Turn<P> {
        void take(P operator) throws Exception;
    }

    private final Backend backend;
    private final Supplier<P> operator;
    private final KeySelector<I, K> key;
    private final TypeInformation<K> keyType;
    private final TypeInformation<O> outputType;
    private final List<P> operators = new ArrayList<>();
    private final List<AbstractStreamOperatorTestHarness<O>> harnesses = new ArrayList<>();
    private final List<MockEnvironment> environments = new ArrayList<>();
    private final List<O> output = new ArrayList<>();
    private RecordedMetrics metrics;
    private long checkpoints = 1;

    /**
     * @param operator gives a new one for each subtask
     */
    Subtasks(
            Backend backend,
            Supplier<P> operator,
            KeySelector<I, K> key,
            TypeInformation<K> keyType,
            TypeInformation<O> outputType)
            throws Exception {
        this.backend = backend;
        this.operator = operator;
        this.key = key;
        this.keyType = keyType;
        this.outputType = outputType;
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
            P one = operator.get();
            AbstractStreamOperatorTestHarness<O> harness =
                    new AbstractStreamOperatorTestHarness<>(one, environment);
            harness.getStreamConfig().setStatePartitioner(0, key);
            harness.getStreamConfig()
                    .setStateKeySerializer(
                            keyType.createSerializer(
                                    harness.getExecutionConfig().getSerializerConfig()));
            harness.getStreamConfig().serializeAllConfigs();
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
            operators.add(one);
            harnesses.add(harness);
        }
    }

    /** By the one whose value it is. */
    void one(I value, Turn<P> turn) throws Exception {
        int subtask =
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        key.getKey(value), MAX_PARALLELISM, operators.size());
        turn.take(operators.get(subtask));
        collect();
    }

    void each(Turn<P> turn) throws Exception {
        for (P each : operators) {
            turn.take(each);
        }
        collect();
    }

    /** Stops with a checkpoint, and goes on from it. */
    void restart(int parallelism) throws Exception {
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (var harness : harnesses) {
            states.add(harness.snapshot(checkpoints, checkpoints));
        }
        checkpoints++;
        stop();
        start(
                parallelism,
                AbstractStreamOperatorTestHarness.repackageState(
                        states.toArray(OperatorSubtaskState[]::new)));
    }

    private void stop() throws Exception {
        for (var harness : harnesses) {
            harness.close();
        }
        operators.clear();
        harnesses.clear();
        for (MockEnvironment environment : environments) {
            environment.close();
        }
        environments.clear();
    }

    private void collect() {
        for (var harness : harnesses) {
            output.addAll(harness.extractOutputValues());
            harness.getOutput().clear();
        }
    }

    /** All that came out so far. */
    List<O> output() {
        return List.copyOf(output);
    }

    /** Keys, and namespaces, with some state, of all of these. */
    long entries(List<String> states) {
        return harnesses.stream()
                .mapToLong(
                        each ->
                                states.stream()
                                        .mapToLong(
                                                state ->
                                                        each.getOperator()
                                                                .getKeyedStateBackend()
                                                                .getKeysAndNamespaces(state)
                                                                .count())
                                        .sum())
                .sum();
    }

    int timers() {
        return harnesses.stream().mapToInt(each -> each.numEventTimeTimers()).sum();
    }

    /** A counter by its path below the group, of those that run since the last start. */
    long metric(String path) {
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
