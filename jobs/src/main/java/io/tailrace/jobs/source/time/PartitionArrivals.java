package io.tailrace.jobs.source.time;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.clock.RelativeClock;

import java.time.Clock;
import java.time.Duration;

/**
 * Watermarks of one Kafka partition. They follow the records' timestamps; where traffic stops they
 * go on with the wall clock, so that open traces are decided.
 *
 * <ul>
 *   <li>The last record was fresh when read (at most 10 s old): after 5 s without a record time
 *       goes on from its timestamp.
 *   <li>It was older, so there is probably more to catch up with: the same after 30 s. After 5
 *       minutes nothing more is expected, and the partition holds back nobody.
 *   <li>There never was one: the partition is idle after 30 s, and holds back nobody.
 * </ul>
 *
 * <p>Time in which the job itself could not read (back pressure, alignment) does not count as
 * silence. A bounded input has an end of its own and needs none of this.
 *
 * <p>A timestamp more than 10 s after the wall clock does not move time: one producer with a wrong
 * clock must not make the records of all others late.
 */
public final class PartitionArrivals<T> implements WatermarkGenerator<T> {

    static final long FRESH = 10_000;
    static final long FUTURE = 10_000;
    static final long PATIENCE_WHEN_FRESH = 5_000;
    static final long PATIENCE = 30_000;
    static final long LAST_PATIENCE = 300_000;

    private final long outOfOrderness;
    private final boolean bounded;
    private final RelativeClock active;
    private final Clock wall;
    private final Counts counts;

    private long latest = Long.MIN_VALUE;
    private long emitted = Long.MIN_VALUE;
    private long lastRead;
    private boolean fresh;
    private boolean silent;

    PartitionArrivals(
            Duration outOfOrderness,
            boolean bounded,
            RelativeClock active,
            Clock wall,
            Counts counts) {
        this.outOfOrderness = outOfOrderness.toMillis();
        this.bounded = bounded;
        this.active = active;
        this.wall = wall;
        this.counts = counts;
        this.lastRead = active.relativeTimeMillis();
    }

    /** What the partitions of a subtask count together. */
    record Counts(Counter silences, Counter futureRecords) {

        static Counts in(MetricGroup operator) {
            MetricGroup group = operator.addGroup("tailrace");
            return new Counts(
                    group.counter("partition_silences"), group.counter("records_from_the_future"));
        }
    }

    /**
     * @param outOfOrderness how far a record may be behind the latest before it
     */
    public static <T> WatermarkGeneratorSupplier<T> supplier(
            Duration outOfOrderness, boolean bounded) {
        return new Supplier<>(outOfOrderness, bounded);
    }

    /** Makes the generators of a subtask, one for each partition. */
    private static final class Supplier<T> implements WatermarkGeneratorSupplier<T> {
        private static final long serialVersionUID = 1L;

        private final Duration outOfOrderness;
        private final boolean bounded;
        private transient Counts counts;

        Supplier(Duration outOfOrderness, boolean bounded) {
            this.outOfOrderness = outOfOrderness;
            this.bounded = bounded;
        }

        @Override
        public WatermarkGenerator<T> createWatermarkGenerator(Context context) {
            if (counts == null) {
                counts = Counts.in(context.getMetricGroup());
            }
            return new PartitionArrivals<>(
                    outOfOrderness,
                    bounded,
                    context.getInputActivityClock(),
                    Clock.systemUTC(),
                    counts);
        }
    }

    @Override
    public void onEvent(T event, long timestamp, WatermarkOutput output) {
        lastRead = active.relativeTimeMillis();
        silent = false;
        long age = wall.millis() - timestamp;
        if (age < -FUTURE) {
            counts.futureRecords().inc();
            return;
        }
        fresh = age <= FRESH;
        latest = Math.max(latest, timestamp);
        if (latest >= emitted + SteadyArrivals.STEP || emitted == Long.MIN_VALUE) {
            emit(latest - outOfOrderness - 1, output);
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        long silence = active.relativeTimeMillis() - lastRead;
        if (latest == Long.MIN_VALUE) {
            if (!bounded && silence >= PATIENCE) {
                output.markIdle();
            }
            return;
        }
        long patience = fresh ? PATIENCE_WHEN_FRESH : PATIENCE;
        if (bounded || silence <= patience) {
            emit(latest - outOfOrderness - 1, output);
            return;
        }
        if (!silent) {
            silent = true;
            counts.silences().inc();
        }
        emit(Math.max(latest - outOfOrderness - 1, latest + silence - patience), output);
        if (!fresh && silence > LAST_PATIENCE) {
            output.markIdle();
        }
    }

    private void emit(long watermark, WatermarkOutput output) {
        emitted = latest;
        output.emitWatermark(new Watermark(Math.min(watermark, wall.millis())));
    }
}
