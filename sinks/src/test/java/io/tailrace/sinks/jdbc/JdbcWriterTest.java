package io.tailrace.sinks.jdbc;

import org.apache.flink.runtime.execution.SuppressRestartsException;

import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import io.tailrace.sinks.jdbc.schema.SchemaVersion;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which rows a table has after a writer, and when. */
@ExtendWith(PostgresExtension.class)
class JdbcWriterTest {

    private static final String ALL = "select sensor from reading order by place";

    private PostgresDatabase database;

    @BeforeEach
    void makeTable(PostgresDatabase fresh) throws Exception {
        database = fresh;
        SchemaMigration.run(database.asDatabase());
        database.execute(Reading.DDL);
    }

    private WriterHarness<Reading> writer(JdbcSinkSettings settings) throws Exception {
        return new WriterHarness<>(settings, new Reading.Newest());
    }

    private WriterHarness<Reading> writer() throws Exception {
        return writer(database.settings());
    }

    private static Reading reading(String sensor) {
        return new Reading(sensor, 1, "fine");
    }

    @Test
    void leavesOfEachKeyWhatItsRuleWants() throws Exception {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            database.execute("truncate reading");
            Map<String, Long> greatest = new HashMap<>();
            int batch = 1 + random.nextInt(30);
            try (WriterHarness<Reading> writer =
                    writer(database.settings(batch, Duration.ofHours(1), Duration.ofSeconds(30)))) {
                for (int i = 0; i < 400; i++) {
                    String sensor = "s" + random.nextInt(40);
                    long revision = random.nextInt(1000);
                    greatest.merge(sensor, revision, Math::max);
                    writer.write(new Reading(sensor, revision, "r" + revision));
                    if (random.nextInt(100) == 0) {
                        writer.checkpoint();
                    }
                }
                writer.checkpoint();

                assertThat(database.texts("select sensor || revision || text from reading"))
                        .as("seed %d", seed)
                        .containsExactlyInAnyOrderElementsOf(
                                greatest.entrySet().stream()
                                        .map(e -> e.getKey() + e.getValue() + "r" + e.getValue())
                                        .toList());
                assertThat(writer.metric("rows_written") + writer.metric("rows_merged"))
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void writesTheRowsOfABatchInTheOrderOfTheirKeys() throws Exception {
        try (WriterHarness<Reading> writer = writer()) {
            for (String sensor : List.of("m", "z", "a", "q", "b")) {
                writer.write(reading(sensor));
            }
            writer.checkpoint();
        }
        assertThat(database.texts(ALL)).containsExactly("a", "b", "m", "q", "z");
    }

    @Test
    void writesWhenRowsAreManyAndAtIntervalsAndCheckpointsAndAtTheEnd() throws Exception {
        JdbcSinkSettings settings =
                database.settings(3, Duration.ofSeconds(5), Duration.ofSeconds(30));
        try (WriterHarness<Reading> writer = writer(settings)) {
            writer.write(reading("a"));
            writer.write(reading("b"));
            assertThat(database.texts(ALL)).isEmpty();
            writer.write(reading("c"));
            assertThat(database.texts(ALL)).hasSize(3);

            writer.write(reading("d"));
            writer.clock(4_999);
            assertThat(database.texts(ALL)).hasSize(3);
            writer.clock(5_000);
            assertThat(database.texts(ALL)).hasSize(4);
            writer.write(reading("e"));
            writer.clock(10_000);
            assertThat(database.texts(ALL)).hasSize(5);

            writer.write(reading("f"));
            writer.checkpoint();
            assertThat(database.texts(ALL)).hasSize(6);

            writer.write(reading("g"));
            writer.endInput();
            assertThat(database.texts(ALL)).hasSize(7);
            assertThat(writer.metric("batches")).isEqualTo(5);
        }
    }

    @Test
    void leavesOutRowsThatTheTableRefusesAndCountsThemByReason() throws Exception {
        try (WriterHarness<Reading> writer = writer()) {
            for (int i = 0; i < 200; i++) {
                writer.write(reading("good%03d".formatted(i)));
            }
            writer.write(
                    new Reading("good050x", 1, "longer than the forty characters it may have"));
            writer.write(new Reading("good100x", -1, "not above the least revision"));
            writer.write(new Reading("good100y", 1, null));
            writer.write(reading(tooLongForAnIndex()));
            writer.checkpoint();

            assertThat(database.number("select count(*) from reading")).isEqualTo(200);
            assertThat(database.number("select count(*) from reading where sensor like '%x'"))
                    .isZero();
            assertThat(writer.metric("rows_written")).isEqualTo(200);
            assertThat(writer.metric("reason.data_exception.rows_refused")).isEqualTo(1);
            assertThat(writer.metric("reason.constraint_violation.rows_refused")).isEqualTo(2);
            assertThat(writer.metric("reason.limit_exceeded.rows_refused")).isEqualTo(1);
            assertThat(writer.metric("retries")).isZero();
        }
    }

    /** Of any characters, so that it cannot be compressed. */
    private static String tooLongForAnIndex() {
        StringBuilder text = new StringBuilder();
        new Random(1).ints(2000, 0x10000, 0x10ffff).forEach(text::appendCodePoint);
        return text.toString();
    }

    @Test
    void keepsTextsThatPostgresCannotStoreWithoutTheirNuls() throws Exception {
        try (WriterHarness<Reading> writer = writer()) {
            writer.write(new Reading("nul", 1, "a\0b"));
            writer.checkpoint();
            assertThat(writer.metric("rows_written")).isEqualTo(1);
        }
        assertThat(database.texts("select text from reading")).containsExactly("a\ufffdb");
    }

    @Test
    void failsWhereNoRowCanBeWritten() throws Exception {
        try (WriterHarness<Reading> writer = writer()) {
            database.execute("drop table reading");
            writer.write(reading("a"));
            assertThatThrownBy(writer::checkpoint)
                    .isInstanceOf(SuppressRestartsException.class)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("table reading")
                    .hasMessageContaining(database.url())
                    .hasMessageContaining("42P01")
                    .hasMessageNotContaining("insert");
        }
    }

    @Test
    void doesNotBeginWhereTheTablesAreOfAnotherVersion(PostgresDatabase empty) {
        assertThatThrownBy(() -> writer(empty.settings()))
                .isInstanceOf(SuppressRestartsException.class)
                .cause()
                .hasMessageContaining("is at version 0, this program needs " + SchemaVersion.NEEDED)
                .hasMessageContaining("./tailrace migrate SPEC");
    }
}
