package io.tailrace.bench.kafka;

import io.tailrace.bench.workload.RequestPool;
import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;

import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** A broker with a topic of spans, a partition for each lane of a pool. */
final class FilledBroker implements AutoCloseable {

    /** Requests on their way to the broker at a time. */
    private static final int UNACKNOWLEDGED = 1_000;

    private final KafkaBroker broker;
    private final KafkaTopic spans;
    private final Thread atExit = new Thread(this::closeAtExit, "bench-broker");
    private long filled;

    FilledBroker(RequestPool pool, long atLeast) throws IOException, InterruptedException {
        try {
            broker = new KafkaBroker();
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception failure) {
            throw new IOException("The broker does not start", failure);
        }
        // Its log is large, and Ctrl-C must not leave it behind.
        Runtime.getRuntime().addShutdownHook(atExit);
        spans = topic("otlp_spans", pool.lanes());
        try {
            fill(pool, atLeast);
        } catch (ExecutionException failure) {
            throw new IOException("The broker does not take the spans", failure);
        }
    }

    private void fill(RequestPool pool, long atLeast)
            throws ExecutionException, InterruptedException {
        for (long number = 0; filled < atLeast; number++) {
            for (int lane = 0; lane < pool.lanes(); lane++) {
                spans.send(lane, pool.arrival(lane, number), pool.request(lane, number));
                filled += pool.spans(lane, number);
            }
            if (number % UNACKNOWLEDGED == 0) {
                spans.flush();
            }
        }
        spans.flush();
    }

    /** A new topic of this name and a number. */
    KafkaTopic topic(String name, int partitions) throws IOException, InterruptedException {
        try {
            return broker.topic(name, partitions);
        } catch (ExecutionException failure) {
            throw new IOException("The broker makes no topic", failure);
        }
    }

    String address() {
        return broker.address();
    }

    KafkaTopic spans() {
        return spans;
    }

    /** How many spans the topic has. */
    long filled() {
        return filled;
    }

    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(atExit);
        broker.close();
    }

    private void closeAtExit() {
        try {
            broker.close();
        } catch (IOException alreadyLeaving) {
            System.err.println("tailrace: the broker's log is left behind: " + alreadyLeaving);
        }
    }
}
