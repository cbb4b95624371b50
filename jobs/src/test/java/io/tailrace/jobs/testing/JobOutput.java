package io.tailrace.jobs.testing;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.CloseableIterator;

import java.util.ArrayList;
import java.util.List;

/** What comes out of a job while it runs. */
public final class JobOutput<T> implements AutoCloseable {

    private final CloseableIterator<T> records;

    private JobOutput(CloseableIterator<T> records) {
        this.records = records;
    }

    /** Runs the job that the stream is of; it has no other end. */
    public static <T> JobOutput<T> of(DataStream<T> stream) throws Exception {
        return new JobOutput<>(stream.executeAndCollect());
    }

    /** Before the job is run. */
    public static <T> JobOutput<T> before(DataStream<T> stream) {
        return new JobOutput<>(stream.collectAsync());
    }

    /** Waits for one. */
    public T next() {
        return records.next();
    }

    /** Waits for the end. */
    public List<T> rest() {
        List<T> rest = new ArrayList<>();
        records.forEachRemaining(rest::add);
        return rest;
    }

    /** Ends the job. */
    @Override
    public void close() {
        try {
            records.close();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
