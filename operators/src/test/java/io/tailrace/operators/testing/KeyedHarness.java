package io.tailrace.operators.testing;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import java.util.List;
import java.util.function.Supplier;

/**
 * A job's keyed function or operator at some parallelism: routes records to its subtasks, and can
 * be stopped and restored.
 */
public final class KeyedHarness<K, I, O> implements AutoCloseable {

    /** Where state is. */
    public enum Backend {
        HASHMAP,
        ROCKSDB
    }

    /** How many key groups there are. */
    public static final int MAX_PARALLELISM = Subtasks.MAX_PARALLELISM;

    private final Subtasks<K, I, O, OneInputStreamOperator<I, O>> subtasks;
    private final List<String> states;

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
        this.states = states;
        subtasks = new Subtasks<>(backend, operator, key, keyType, outputType);
    }

    public void send(I value, long time) throws Exception {
        StreamRecord<I> element = new StreamRecord<>(value, time);
        subtasks.one(
                value,
                operator -> {
                    operator.setKeyContextElement1(element);
                    operator.processElement(element);
                });
    }

    public void watermark(long time) throws Exception {
        subtasks.each(operator -> operator.processWatermark(new Watermark(time)));
    }

    public void end() throws Exception {
        watermark(Long.MAX_VALUE);
    }

    /** Stops with a checkpoint, and goes on from it. */
    public void restart(int parallelism) throws Exception {
        subtasks.restart(parallelism);
    }

    /** All that came out so far. */
    public List<O> output() {
        return subtasks.output();
    }

    /** Keys, and namespaces, with some state, of all states. */
    public long entries() {
        return subtasks.entries(states);
    }

    public int timers() {
        return subtasks.timers();
    }

    /** A counter by its path below the group, of those that run since the last start. */
    public long metric(String path) {
        return subtasks.metric(path);
    }

    @Override
    public void close() {
        subtasks.close();
    }
}
