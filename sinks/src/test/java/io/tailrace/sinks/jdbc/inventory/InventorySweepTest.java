package io.tailrace.sinks.jdbc.inventory;

import io.tailrace.operators.discovery.InventoryChange;
import io.tailrace.sinks.jdbc.WriterHarness;
import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/** Which rows go that nobody made go. Each minute from {@code START} on 200 rows are over. */
@ExtendWith(PostgresExtension.class)
class InventorySweepTest {

    private static final long START = Instant.parse("2024-02-27T00:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    private PostgresDatabase database;

    @BeforeEach
    void fill(PostgresDatabase fresh) throws Exception {
        database = fresh;
        SchemaMigration.run(database.asDatabase());
        database.execute(
                """
                insert into apm_root_endpoint
                select 2, 'shop', 'e' || i, 'cart', 'http', i % 200 = 0, at, at,
                    '2024-02-27 00:00+00'::timestamptz + i / 200 * interval '1 minute',
                    md5(i::text)::uuid
                from generate_series(0, 24000 - 1) as i, (values ('2024-01-01'::timestamptz)) as t (at)
                """);
    }

    private WriterHarness<InventoryChange> writer(int parallelism, int subtask) throws Exception {
        return new WriterHarness<>(
                database.settings(), InventoryTable.all(Duration.ofHours(1)), parallelism, subtask);
    }

    private long mortals() throws Exception {
        return database.number("select count(*) from apm_root_endpoint where not permanent");
    }

    @Test
    void takesAwayWhatIsOverInPartsOncePerPeriod() throws Exception {
        try (WriterHarness<InventoryChange> writer = writer(1, 0)) {
            writer.watermark(START);
            writer.checkpoint();
            writer.watermark(START + HOUR - 1);
            writer.checkpoint();
            assertThat(mortals()).as("a job that begins").isEqualTo(120 * 199);

            writer.watermark(START + HOUR);
            assertThat(mortals()).as("at a watermark").isEqualTo(120 * 199);
            writer.checkpoint();
            assertThat(mortals()).as("after the first part").isEqualTo(120 * 199 - 10_000);
            writer.checkpoint();
            assertThat(mortals()).as("what is just over, too").isEqualTo(59 * 199);

            writer.watermark(START + 2 * HOUR - 1);
            writer.checkpoint();
            assertThat(mortals()).as("before the next").isEqualTo(59 * 199);
            writer.watermark(START + 2 * HOUR);
            writer.checkpoint();
            writer.checkpoint();
            assertThat(mortals()).isZero();
            assertThat(writer.metric("rows_expired")).isEqualTo(120 * 199);
        }
        assertThat(database.number("select count(*) from apm_root_endpoint where permanent"))
                .isEqualTo(120);
    }

    @Test
    void theEndOfABoundedInputTakesNothingAway() throws Exception {
        try (WriterHarness<InventoryChange> writer = writer(1, 0)) {
            writer.watermark(START);
            writer.watermark(START + 3 * HOUR);
            writer.watermark(Long.MAX_VALUE);
            writer.endInput();
        }
        try (WriterHarness<InventoryChange> writer = writer(1, 0)) {
            writer.watermark(Long.MAX_VALUE);
            writer.checkpoint();
        }
        assertThat(mortals()).isEqualTo(120 * 199);
    }

    @Test
    void onlyTheFirstWriterSweeps() throws Exception {
        try (WriterHarness<InventoryChange> second = writer(2, 1)) {
            second.watermark(START);
            second.watermark(START + 2 * HOUR);
            second.checkpoint();
        }
        assertThat(mortals()).isEqualTo(120 * 199);
    }

    @Test
    void waitsForNobodyWhoWrites() throws Exception {
        try (WriterHarness<InventoryChange> writer = writer(1, 0);
                Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(
                    "update apm_root_endpoint set last_seen = now() where endpoint_name = 'e1'");
            writer.watermark(START);
            writer.watermark(START + 2 * HOUR);
            writer.checkpoint();
            writer.checkpoint();
            writer.checkpoint();
            assertThat(mortals()).isEqualTo(1);
            assertThat(writer.metric("retries")).isZero();
            other.rollback();
        }
    }
}
