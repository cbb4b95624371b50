package io.tailrace.sinks.jdbc.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.operators.discovery.InventoryChange;
import io.tailrace.sinks.inventory.RandomInventory;
import io.tailrace.sinks.jdbc.WriterHarness;
import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import io.tailrace.sinks.testing.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static io.tailrace.operators.discovery.InventoryChange.Operation.EXPIRE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What becomes of an inventory while its database is away, and where many write to it at once. */
@ExtendWith(PostgresExtension.class)
class InventoryOutageTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final ExecutorService tasks = Executors.newCachedThreadPool();
    private PostgresDatabase database;

    @BeforeEach
    void migrate(PostgresDatabase fresh) throws Exception {
        database = fresh;
        SchemaMigration.run(database.asDatabase());
    }

    @AfterEach
    void endTasks() {
        tasks.shutdownNow();
    }

    private WriterHarness<InventoryChange> writer() throws Exception {
        return new WriterHarness<>(
                database.settings(50, HOUR, Duration.ofSeconds(60)),
                InventoryTable.all(HOUR),
                1,
                0);
    }

    private static List<InventoryChange> changes(long seed, int expiredOfTen) {
        RandomInventory inventory = new RandomInventory(seed, 20);
        Random random = new Random(seed);
        List<InventoryChange> changes = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            changes.add(
                    random.nextInt(10) < expiredOfTen ? inventory.expire() : inventory.upsert());
        }
        return changes;
    }

    private static void write(WriterHarness<InventoryChange> writer, List<InventoryChange> changes)
            throws Exception {
        for (InventoryChange change : changes) {
            writer.write(change);
        }
        writer.checkpoint();
    }

    @Test
    void leavesWhatItWouldHaveLeftWithoutTheOutage(PostgresServer server) throws Exception {
        List<InventoryChange> changes = changes(1, 2);
        try (WriterHarness<InventoryChange> writer = writer()) {
            write(writer, changes);
        }
        List<JsonNode> expected = Rows.of(database);
        Rows.clear(database);

        try (WriterHarness<InventoryChange> writer = writer()) {
            write(writer, changes.subList(0, 300));
            server.stop();
            Future<?> rest;
            try {
                rest =
                        tasks.submit(
                                () -> {
                                    write(writer, changes.subList(300, 600));
                                    return null;
                                });
                await().atMost(60, SECONDS).until(() -> writer.metric("retries") >= 2);
                assertThat(rest.isDone()).as("it waits").isFalse();
            } finally {
                server.startAgain();
            }
            rest.get(60, SECONDS);
        }
        assertThat(Rows.of(database)).isEqualTo(expected);
    }

    /** As two jobs of one application would; and none waits in a circle. */
    @Test
    void manyWritersLeaveWhatOneWould() throws Exception {
        List<InventoryChange> changes = changes(2, 0);
        try (WriterHarness<InventoryChange> writer = writer()) {
            write(writer, changes);
        }
        List<JsonNode> expected = Rows.of(database);
        Rows.clear(database);

        List<Future<Long>> writers = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            List<InventoryChange> shuffled = new ArrayList<>(changes);
            Collections.shuffle(shuffled, new Random(seed));
            writers.add(tasks.submit(() -> retriesOf(shuffled)));
        }
        for (Future<Long> writer : writers) {
            assertThat(writer.get(120, SECONDS)).isZero();
        }
        assertThat(Rows.of(database)).isEqualTo(expected);
    }

    @Test
    void writersThatTakeAwayDoNotDeadlock() throws Exception {
        List<Future<Long>> writers = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            List<InventoryChange> changes = changes(seed, 4);
            writers.add(tasks.submit(() -> retriesOf(changes)));
        }
        for (Future<Long> writer : writers) {
            assertThat(writer.get(120, SECONDS)).isZero();
        }
    }

    private long retriesOf(List<InventoryChange> changes) throws Exception {
        try (WriterHarness<InventoryChange> writer = writer()) {
            for (int round = 0; round < 5; round++) {
                write(writer, changes);
                // Far beyond whatever expires, so that others' rows are swept meanwhile; not where
                // nothing is to go.
                if (changes.stream().anyMatch(change -> change.operation() == EXPIRE)) {
                    writer.watermark(RandomInventory.TIME + round * 2L * HOUR.toMillis());
                }
            }
            return writer.metric("retries");
        }
    }
}
