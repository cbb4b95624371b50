package io.tailrace.demo;

import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;

/** The broker and the database that a pipeline needs, with its topics. */
final class Servers implements AutoCloseable {

    private static final int PARTITIONS = 4;

    private final KafkaBroker broker;
    private final Postgres postgres;
    private final Connection database;
    private final Committed committed;
    private final KafkaTopic spans;
    private final KafkaTopic sampled;
    private final KafkaTopic deadLetters;

    private Servers(KafkaBroker broker, Postgres postgres) throws Exception {
        this.broker = broker;
        this.postgres = postgres;
        spans = broker.exactly("otlp_spans", PARTITIONS);
        sampled = broker.exactly("otlp_spans_sampled", PARTITIONS);
        deadLetters = broker.exactly("tailrace_dead_letters", 1);
        database = postgres.connect();
        committed = new Committed(broker.address());
    }

    /**
     * Starts both.
     *
     * @param folder for all that they keep
     * @param interrupts closes what outlives this process
     */
    static Servers start(Path folder, Steps steps, Interrupts interrupts) throws Exception {
        KafkaBroker broker =
                steps.done(
                        "Kafka",
                        () -> new KafkaBroker(folder.resolve("kafka")),
                        KafkaBroker::address);
        Postgres postgres = null;
        try {
            postgres =
                    steps.done(
                            "PostgreSQL",
                            () -> new Postgres(folder.resolve("postgres")),
                            Postgres::address);
            interrupts.closeAtOnce(postgres);
            return new Servers(broker, postgres);
        } catch (Exception failure) {
            broker.close();
            if (postgres != null) {
                postgres.close();
            }
            throw failure;
        }
    }

    /** What a spec finds them by. */
    Map<String, String> environment() {
        return Map.of(
                "KAFKA",
                broker.address(),
                "POSTGRES",
                postgres.url(),
                "POSTGRES_USER",
                Postgres.USER,
                "POSTGRES_PASSWORD",
                Postgres.PASSWORD);
    }

    KafkaTopic spans() {
        return spans;
    }

    KafkaTopic sampled() {
        return sampled;
    }

    KafkaTopic deadLetters() {
        return deadLetters;
    }

    /** One for all who ask one after another. */
    Connection database() {
        return database;
    }

    Committed committed() {
        return committed;
    }

    @Override
    public void close() throws IOException {
        committed.close();
        try {
            postgres.close();
        } finally {
            broker.close();
        }
    }
}
