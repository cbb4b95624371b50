package io.tailrace.sinks.jdbc.metrics;

import io.tailrace.operators.metrics.MetricRow;
import io.tailrace.sinks.jdbc.WriterHarness;
import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import io.tailrace.sinks.metrics.RandomMetrics;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Which days go, and by which time; here rows are kept for two days. */
@ExtendWith(PostgresExtension.class)
class MetricRetentionTest {

    private static final long DAY = 86_400_000;
    private static final long FIRST = Instant.parse("2024-02-27T00:00:00Z").toEpochMilli();
    private static final Duration KEEP = Duration.ofDays(2);

    private final RandomMetrics random = new RandomMetrics(1, false);
    private PostgresDatabase database;

    @BeforeEach
    void fillFourDays(PostgresDatabase fresh) throws Exception {
        database = fresh;
        SchemaMigration.run(database.asDatabase());
        try (WriterHarness<MetricRow> writer = writer(1, 0)) {
            for (int day = 0; day < 4; day++) {
                writer.write(row(FIRST + day * DAY));
                writer.write(row(FIRST + (day + 1) * DAY - 60_000));
            }
            writer.checkpoint();
        }
        assertThat(days()).containsExactly("27", "28", "29", "01");
    }

    private WriterHarness<MetricRow> writer(int parallelism, int subtask) throws Exception {
        return new WriterHarness<>(database.settings(), new RedTable(KEEP), parallelism, subtask);
    }

    private MetricRow row(long time) {
        return random.row(RandomMetrics.spans("a", "b"), time, 0);
    }

    /** Of the month, each of which rows are there. */
    private List<String> days() throws Exception {
        return database.texts(
                """
                select to_char(min(time at time zone 'UTC'), 'DD') from apm_metric_red
                group by (time at time zone 'UTC')::date order by min(time)
                """);
    }

    @Test
    void dropsADayOnceTheWholeOfItIsOlder() throws Exception {
        try (WriterHarness<MetricRow> writer = writer(1, 0)) {
            writer.watermark(FIRST + 3 * DAY - 1);
            writer.checkpoint();
            assertThat(days()).as("the first day's end is not two days ago").hasSize(4);
            writer.watermark(FIRST + 3 * DAY);
            assertThat(days()).as("at a watermark").hasSize(4);
            writer.checkpoint();
            assertThat(days()).containsExactly("28", "29", "01");
            writer.watermark(FIRST + 5 * DAY + 7);
            writer.checkpoint();
            assertThat(days()).containsExactly("01");
            assertThat(writer.metric("partitions_dropped")).isEqualTo(3);
        }
    }

    /** A row of such a day would have it made anew. */
    @Test
    void leavesOutAndCountsWhatIsOverWhenItComes() throws Exception {
        try (WriterHarness<MetricRow> writer = writer(1, 0)) {
            writer.watermark(FIRST + 3 * DAY);
            writer.write(row(FIRST + DAY - 1));
            writer.write(row(FIRST + DAY));
            writer.checkpoint();
            assertThat(days()).containsExactly("28", "29", "01");
            assertThat(writer.metric("rows_expired")).isEqualTo(1);
            assertThat(writer.metric("rows_written")).isEqualTo(1);
        }
    }

    @Test
    void theEndOfABoundedInputDropsNothing() throws Exception {
        try (WriterHarness<MetricRow> writer = writer(1, 0)) {
            writer.watermark(Long.MAX_VALUE);
            writer.endInput();
        }
        assertThat(days()).hasSize(4);
    }

    @Test
    void onlyTheFirstWriterDrops() throws Exception {
        try (WriterHarness<MetricRow> second = writer(2, 1)) {
            second.watermark(FIRST + 30 * DAY);
            second.checkpoint();
        }
        assertThat(days()).hasSize(4);
    }

    /** What others dropped, or never was there, is made when it is written to. */
    @Test
    void makesAgainWhatAnotherJobDropped() throws Exception {
        try (WriterHarness<MetricRow> writer = writer(1, 0)) {
            writer.write(row(FIRST));
            writer.checkpoint();
            database.execute("drop table apm_metric_red_p20240227");
            writer.write(row(FIRST));
            writer.checkpoint();
            assertThat(writer.metric("rows_written")).isEqualTo(2);
        }
        assertThat(days()).containsExactly("27", "28", "29", "01");
    }

    @Test
    void doesNotWaitForThoseWhoRead() throws Exception {
        try (WriterHarness<MetricRow> writer = writer(1, 0)) {
            try (Connection reader = database.connect();
                    Statement statement = reader.createStatement()) {
                reader.setAutoCommit(false);
                statement.execute("select count(*) from apm_metric_red");
                writer.watermark(FIRST + 4 * DAY);
                writer.write(row(FIRST + 4 * DAY));
                writer.checkpoint();
                assertThat(database.number("select count(*) from apm_metric_red"))
                        .as("all days, and the row that was written")
                        .isEqualTo(9);
                assertThat(writer.metric("retries")).isZero();
            }
            writer.checkpoint();
            assertThat(days()).as("at once").hasSize(5);
            writer.watermark(FIRST + 4 * DAY + 60_000);
            writer.checkpoint();
            assertThat(days()).as("a minute later").containsExactly("29", "01", "02");
        }
    }
}
