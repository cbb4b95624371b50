package io.tailrace.sinks.jdbc;

import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** Which rows go, and by which time. In this table {@code revision} is the time, kept for a day. */
@ExtendWith(PostgresExtension.class)
class ExpiryTest {

    private static final long DAY = 86_400_000;

    private PostgresDatabase database;

    @BeforeEach
    void makeTable(PostgresDatabase fresh) throws Exception {
        database = fresh;
        SchemaMigration.run(database.asDatabase());
        database.execute(Reading.DDL);
        database.execute(
                "insert into reading select 'mortal' || i, i, 'mortal' from generate_series(1, 25000) i");
        database.execute(
                "insert into reading select 'other' || i, i, 'other' from generate_series(1, 10) i");
    }

    private WriterHarness<Reading> writer(int parallelism, int subtask) throws Exception {
        return new WriterHarness<>(database.settings(), new Reading.Newest(), parallelism, subtask);
    }

    private long mortals() throws Exception {
        return database.number("select count(*) from reading where text = 'mortal'");
    }

    @Test
    void deletesItsOwnOldRowsInParts() throws Exception {
        try (WriterHarness<Reading> writer = writer(1, 0)) {
            writer.watermark(DAY + 20_001);
            assertThat(mortals()).as("at a watermark").isEqualTo(25_000);
            writer.checkpoint();
            assertThat(mortals()).as("after the first part").isEqualTo(15_000);
            writer.checkpoint();
            writer.checkpoint();
            assertThat(database.number("select min(revision) from reading where text = 'mortal'"))
                    .as("the oldest that is kept: just a day old")
                    .isEqualTo(20_001);
            assertThat(database.number("select count(*) from reading where text = 'other'"))
                    .isEqualTo(10);
            assertThat(writer.metric("rows_expired")).isEqualTo(20_000);
        }
    }

    @Test
    void deletesOnlyNowAndThen() throws Exception {
        try (WriterHarness<Reading> writer = writer(1, 0)) {
            writer.watermark(DAY + 1_000);
            writer.checkpoint();
            assertThat(mortals()).isEqualTo(24_001);
            writer.watermark(DAY + 2_000);
            writer.checkpoint();
            assertThat(mortals()).as("a second later").isEqualTo(24_001);
            writer.watermark(DAY + 61_000);
            writer.checkpoint();
            writer.checkpoint();
            writer.checkpoint();
            assertThat(mortals()).as("a minute later").isZero();
        }
    }

    @Test
    void theEndOfABoundedInputDeletesNothing() throws Exception {
        try (WriterHarness<Reading> writer = writer(1, 0)) {
            writer.watermark(Long.MAX_VALUE);
            writer.endInput();
            assertThat(mortals()).isEqualTo(25_000);
        }
    }

    @Test
    void onlyTheFirstWriterDeletes() throws Exception {
        try (WriterHarness<Reading> second = writer(2, 1)) {
            second.watermark(3 * DAY);
            second.checkpoint();
            assertThat(mortals()).isEqualTo(25_000);
        }
        try (WriterHarness<Reading> first = writer(2, 0)) {
            first.watermark(3 * DAY);
            first.checkpoint();
            assertThat(mortals()).isEqualTo(15_000);
        }
    }
}
