package io.tailrace.jobs.source.time;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.clock.RelativeClock;

import java.time.Clock;
import java.time.Duration;

/**
 * Watermarks of one Kafka partition. They follow the records' timestamps; where traffic stops they
 * go on with the wall clock, so that open traces are decided. This is the only place of the whole
 * job that looks at the wall clock.
 *
 * <ul>
 *   <li>The last record was fresh when read (at most 10 s old): after 5 s without a record time
 *       goes on from its timestamp.
 *   <li>It was older, so there is probably more to catch up with: the same after 30 s.
 *   <li>There never was one: the partition is idle after 30 s, and holds back nobody.
 * </ul>
 *
 * Time in which the job itself could not read (back pressure, alignment) does not count as silence.
 * A bounded input has an end of its own and needs none of this.
 */
public final class PartitionArrivals<T> implements WatermarkGenerator<T> {

    static final long FRESH = 10_000;
    static final long PATIENCE_WHEN_FRESH = 5_000;
    static final long PATIENCE = 30_000;

    private final long outOfOrderness;
    private final boolean bounded;
    private final RelativeClock active;
    private final Clock wall;
    private final Counter silences;

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
            Counter silences) {
        this.outOfOrderness = outOfOrderness.toMillis();
        this.bounded = bounded;
        this.active = active;
        this.wall = wall;
        this.silences = silences;
        this.lastRead = active.relativeTimeMillis();
    }

    /**
     * @param outOfOrderness how far a record may be behind the latest before it
     */
    public static <T> WatermarkGeneratorSupplier<T> supplier(
            Duration outOfOrderness, boolean bounded) {
        return context ->
                new PartitionArrivals<>(
                        outOfOrderness,
                        bounded,
                        context.getInputActivityClock(),
                        Clock.systemUTC(),
                        context.getMetricGroup()
                                .addGroup("tailrace")
                                .counter("partition_silences"));
    }

    @Override
    public void onEvent(T event, long timestamp, WatermarkOutput output) {
        latest = Math.max(latest, timestamp);
        lastRead = active.relativeTimeMillis();
        fresh = wall.millis() - timestamp <= FRESH;
        silent = false;
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
            silences.inc();
        }
        emit(Math.max(latest - outOfOrderness - 1, latest + silence - patience), output);
    }

    /** A timestamp of the future must not carry the records of the present past their deadlines. */
    private void emit(long watermark, WatermarkOutput output) {
        emitted = latest;
        output.emitWatermark(new Watermark(Math.min(watermark, wall.millis())));
    }
}
