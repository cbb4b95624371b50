package io.tailrace.operators.testing;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import io.tailrace.operators.testing.KeyedHarness.Backend;

import java.util.List;
import java.util.function.Supplier;

/**
 * A job's keyed function with a second input that all its subtasks see, and that it keeps nothing
 * of. It can be stopped and restored.
 */
public final class BroadcastHarness<K, I, B, O> implements AutoCloseable {

    private final Subtasks<K, I, O, CoBroadcastWithKeyedOperator<K, I, B, O>> subtasks;
    private final List<String> states;

    /**
     * @param states the names of all that it keeps
     */
    public BroadcastHarness(
            Backend backend,
            Supplier<KeyedBroadcastProcessFunction<K, I, B, O>> function,
            KeySelector<I, K> key,
            TypeInformation<K> keyType,
            TypeInformation<O> outputType,
            List<String> states)
            throws Exception {
        this.states = states;
        subtasks =
                new Subtasks<>(
                        backend,
                        () -> new CoBroadcastWithKeyedOperator<>(function.get(), List.of()),
                        key,
                        keyType,
                        outputType);
    }

    public void send(I value, long time) throws Exception {
        StreamRecord<I> element = new StreamRecord<>(value, time);
        subtasks.one(
                value,
                operator -> {
                    operator.setKeyContextElement1(element);
                    operator.processElement1(element);
                });
    }

    public void broadcast(B value) throws Exception {
        subtasks.each(operator -> operator.processElement2(new StreamRecord<>(value)));
    }

    public void watermark(long time) throws Exception {
        subtasks.each(
                operator -> {
                    operator.processWatermark1(new Watermark(time));
                    operator.processWatermark2(new Watermark(time));
                });
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

    /** Keys with some state, of all states. */
    public long entries() {
        return subtasks.entries(states);
    }

    public int timers() {
        return subtasks.timers();
    }

    /** A counter or gauge by its path below the group, of those that run since the last start. */
    public long metric(String path) {
        return subtasks.metric(path);
    }

    @Override
    public void close() {
        subtasks.close();
    }
}
