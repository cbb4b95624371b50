package io.tailrace.jobs.preview;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Hands the records of a job in this process to whoever runs it, one at a time, and writes nothing.
 * To be closed when the job has ended.
 *
 * @param <T> the records
 */
final class LocalSink<T> implements Sink<T>, AutoCloseable {

    private static final long serialVersionUID = 1L;

    private static final Map<String, Consumer<?>> TAKERS = new ConcurrentHashMap<>();

    private final String key = UUID.randomUUID().toString();

    LocalSink(Consumer<T> taker) {
        TAKERS.put(key, taker);
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        @SuppressWarnings("unchecked") // put there by the constructor
        Consumer<T> taker = (Consumer<T>) TAKERS.get(key);
        return new Writer<>(taker);
    }

    @Override
    public void close() {
        TAKERS.remove(key);
    }

    private record Writer<T>(Consumer<T> taker) implements SinkWriter<T> {
        @Override
        public void write(T record, Context context) {
            taker.accept(record);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
    }
}
