package io.tailrace.sinks.jdbc;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.operators.input.DeadLetter;
import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A job that fails and is restarted leaves each row once. */
@ExtendWith(PostgresExtension.class)
class RecordsToTablesJobTest {

    private static final int ROWS = 4_000;
    private static final AtomicInteger FAILURES = new AtomicInteger();
    private static final AtomicInteger STARTS = new AtomicInteger();

    @TempDir private Path folder;

    @Test
    @Timeout(120)
    void writesEveryRowOnceThroughFailures(PostgresDatabase database) throws Exception {
        SchemaMigration.run(database.asDatabase());
        database.execute(Reading.DDL);
        // Counts each time that a row is written, also when it is there already.
        database.execute("create table attempt (sensor text)");
        database.execute(
                """
                create function attempted() returns trigger language plpgsql as
                $$ begin insert into attempt values (new.sensor); return new; end $$
                """);
        database.execute(
                "create trigger attempted before insert on reading for each row"
                        + " execute function attempted()");
        FAILURES.set(0);
        Configuration options = restarting();
        options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
        options.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, options);
        env.fromSequence(1, ROWS)
                .map(new Failing())
                .returns(Reading.TYPE)
                .transform(
                        "readings",
                        DeadLetter.TYPE,
                        new RecordsToTables<>(
                                database.settings(
                                        7, Duration.ofMillis(100), Duration.ofSeconds(30)),
                                List.of(new Reading.Newest())));
        env.execute();

        assertThat(FAILURES.get()).as("failures").isEqualTo(2);
        assertThat(database.number("select count(*) from attempt"))
                .as("rows written, some of them again")
                .isGreaterThan(ROWS);
        assertThat(database.number("select count(*) from reading")).isEqualTo(ROWS);
        assertThat(database.number("select count(*) from reading where text <> 'r' || sensor"))
                .isZero();
    }

    @Test
    @Timeout(120)
    void doesNotStartAgainWhereThatWillNotHelp(PostgresDatabase database) throws Exception {
        SchemaMigration.run(database.asDatabase());
        STARTS.set(0);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(1, restarting());
        env.fromSequence(1, ROWS)
                .map(new Starting())
                .returns(Reading.TYPE)
                .transform(
                        "readings",
                        DeadLetter.TYPE,
                        new RecordsToTables<>(database.settings(), List.of(new Reading.Newest())));

        assertThatThrownBy(env::execute)
                .rootCause()
                .hasMessageContaining("Cannot write to table reading")
                .hasMessageContaining("42P01");
        assertThat(STARTS.get()).isEqualTo(1);
    }

    private static Configuration restarting() {
        Configuration options = new Configuration();
        options.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        options.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
        options.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
        return options;
    }

    /** Counts how often a job starts. */
    private static final class Starting extends RichMapFunction<Long, Reading> {

        private static final long serialVersionUID = 1L;

        @Override
        public void open(OpenContext context) {
            STARTS.incrementAndGet();
        }

        @Override
        public Reading map(Long number) {
            return new Reading("s" + number, number, "fine");
        }
    }

    /** Fails twice, each time some rows after a checkpoint. */
    private static final class Failing extends RichMapFunction<Long, Reading>
            implements CheckpointListener {

        private static final long serialVersionUID = 1L;

        private transient int rows;
        private transient int rowsAtCheckpoint;

        @Override
        public void open(OpenContext context) {
            rows = 0;
            rowsAtCheckpoint = -1;
        }

        @Override
        public Reading map(Long number) {
            rows++;
            if (FAILURES.get() < 2) {
                // So slow that checkpoints come between, and then so fast that rows do.
                LockSupport.parkNanos(rowsAtCheckpoint < 0 ? 10_000_000 : 500_000);
            }
            boolean one = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
            if (one && rowsAtCheckpoint > 0 && rows > rowsAtCheckpoint + 20 && FAILURES.get() < 2) {
                FAILURES.incrementAndGet();
                throw new IllegalStateException("as the test wants it");
            }
            return new Reading("s" + number, number, "rs" + number);
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            rowsAtCheckpoint = rows;
        }
    }
}
