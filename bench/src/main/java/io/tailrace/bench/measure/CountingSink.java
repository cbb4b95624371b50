package io.tailrace.bench.measure;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.util.function.SerializableFunction;

import java.io.Serializable;

/**
 * Counts what comes, and throws it away.
 *
 * @param <T> the records
 */
public final class CountingSink<T> implements Sink<T> {

    private static final long serialVersionUID = 1L;

    private final String run;
    private final Counting<T> counting;

    /**
     * Counts a record where it belongs.
     *
     * @param <T> the records
     */
    @FunctionalInterface
    public interface Counting<T> extends Serializable {
        void count(Run counts, T record);
    }

    /**
     * @param run the key of the run
     */
    public CountingSink(String run, Counting<T> counting) {
        this.run = run;
        this.counting = counting;
    }

    /**
     * @param run the key of the run
     * @param weight what a record counts
     */
    public CountingSink(String run, Run.Outcome outcome, SerializableFunction<T, Integer> weight) {
        this(run, (counts, record) -> counts.count(outcome, weight.apply(record)));
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        Run counts = Run.of(run);
        return new SinkWriter<>() {
            @Override
            public void write(T record, Context at) {
                counting.count(counts, record);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
