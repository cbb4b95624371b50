package io.tailrace.demo.cluster;

import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.demo.Committed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/** A broker with the topics of the job. */
final class Broker implements AutoCloseable {

    private static final int PARTITIONS = 4;

    private final KafkaBroker broker;
    private final Committed committed;
    private final KafkaTopic spans;
    private final KafkaTopic sampled;
    private final KafkaTopic decisions;
    private final KafkaTopic deadLetters;

    /**
     * @param folder an empty one for all that it keeps
     */
    Broker(Path folder) throws Exception {
        broker = new KafkaBroker(folder);
        committed = new Committed(address());
        spans = broker.exactly("otlp_spans", PARTITIONS);
        sampled = broker.exactly("otlp_spans_sampled", PARTITIONS);
        decisions = broker.exactly("tailrace_decisions", 2);
        deadLetters = broker.exactly("tailrace_dead_letters", 1);
    }

    String address() {
        return broker.address();
    }

    KafkaTopic spans() {
        return spans;
    }

    KafkaTopic sampled() {
        return sampled;
    }

    KafkaTopic decisions() {
        return decisions;
    }

    KafkaTopic deadLetters() {
        return deadLetters;
    }

    /** How many requests the job has read and holds in a checkpoint. */
    long committed(String group) throws ExecutionException, InterruptedException {
        return committed.records(group);
    }

    @Override
    public void close() throws IOException {
        committed.close();
        broker.close();
    }
}
