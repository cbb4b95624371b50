package io.tailrace.sinks.jdbc;

import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import io.tailrace.sinks.testing.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What a writer does while its database cannot take rows. */
@ExtendWith(PostgresExtension.class)
class JdbcOutageTest {

    private static final String COUNT = "select count(*) from reading";

    private final ExecutorService tasks = Executors.newCachedThreadPool();
    private PostgresDatabase database;

    @BeforeEach
    void makeTable(PostgresDatabase fresh) throws Exception {
        database = fresh;
        SchemaMigration.run(database.asDatabase());
        database.execute(Reading.DDL);
    }

    @AfterEach
    void endTasks() {
        tasks.shutdownNow();
    }

    private WriterHarness<Reading> writer(Duration retryTime) throws Exception {
        return new WriterHarness<>(
                database.settings(100_000, Duration.ofHours(1), retryTime), new Reading.Newest());
    }

    private static void write(WriterHarness<Reading> writer, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            writer.write(new Reading("s" + i, 1, "fine"));
        }
    }

    @Test
    void writesAllOnceTheServerIsBack(PostgresServer server) throws Exception {
        try (WriterHarness<Reading> writer = writer(Duration.ofSeconds(60))) {
            write(writer, 0, 10);
            writer.checkpoint();
            server.stop();
            Future<?> flush;
            try {
                write(writer, 10, 30);
                flush =
                        tasks.submit(
                                () -> {
                                    writer.checkpoint();
                                    return null;
                                });
                await().atMost(60, SECONDS).until(() -> writer.metric("retries") >= 2);
                assertThat(flush.isDone()).isFalse();
            } finally {
                server.startAgain();
            }
            flush.get(60, SECONDS);

            assertThat(database.number(COUNT)).isEqualTo(30);
            assertThat(writer.metric("rows_written")).isEqualTo(30);
        }
    }

    @Test
    void failsInWordsOnceItTakesTooLong(PostgresServer server) throws Exception {
        try (WriterHarness<Reading> writer = writer(Duration.ofSeconds(1))) {
            write(writer, 0, 10);
            server.stop();
            try {
                assertThatThrownBy(writer::checkpoint)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(database.url())
                        .hasMessageContaining("SQLSTATE 08")
                        .hasMessageNotContaining(PostgresServer.password());
            } finally {
                server.startAgain();
            }
            assertThat(database.number(COUNT)).isZero();
        }
    }

    @Test
    void goesOnAfterItsConnectionIsEnded() throws Exception {
        try (WriterHarness<Reading> writer = writer(Duration.ofSeconds(30))) {
            write(writer, 0, 10);
            assertThat(
                            database.number(
                                    "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                                            + " where datname = current_database() and pid <>"
                                            + " pg_backend_pid() and usename = current_user"))
                    .isEqualTo(1);
            writer.checkpoint();

            assertThat(database.number(COUNT)).isEqualTo(10);
            assertThat(writer.metric("retries")).isPositive();
        }
    }

    @Test
    void triesAgainWhereALockIsHeldForLong() throws Exception {
        database.execute(
                "alter role current_user in database %s set lock_timeout = '100ms'"
                        .formatted(database.url().replaceAll(".*/", "")));
        database.execute("insert into reading values ('s3', 0, 'old')");
        try (WriterHarness<Reading> writer = writer(Duration.ofSeconds(30));
                Connection other = database.connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("update reading set text = 'held'");
            write(writer, 0, 10);
            Future<?> flush =
                    tasks.submit(
                            () -> {
                                writer.checkpoint();
                                return null;
                            });
            await().atMost(60, SECONDS).until(() -> writer.metric("retries") >= 1);
            other.rollback();
            flush.get(60, SECONDS);
        }
        assertThat(database.number(COUNT + " where text = 'fine'")).isEqualTo(10);
    }

    /** With keys in any order, two of these writers would soon hold what the other waits for. */
    @Test
    void writersOfTheSameKeysDoNotDeadlock() throws Exception {
        List<Future<Long>> writers = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            writers.add(tasks.submit(() -> retriesOf(random)));
        }
        for (Future<Long> writer : writers) {
            assertThat(writer.get(120, SECONDS)).isZero();
        }
        assertThat(database.number(COUNT)).isEqualTo(300);
    }

    private long retriesOf(Random random) throws Exception {
        try (WriterHarness<Reading> writer = writer(Duration.ofSeconds(60))) {
            for (int revision = 1; revision <= 40; revision++) {
                for (int sensor : random.ints(0, 300).distinct().limit(300).toArray()) {
                    writer.write(new Reading("s" + sensor, revision, "fine"));
                }
                writer.checkpoint();
            }
            return writer.metric("retries");
        }
    }
}
