package io.tailrace.jobs.source.time;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import static org.assertj.core.api.Assertions.assertThat;

/** How time goes on in a Kafka partition. All times are in milliseconds. */
class PartitionArrivalsTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(1);

    private final Counter silences = new SimpleCounter();
    private final Counter futureRecords = new SimpleCounter();
    private final Output output = new Output();
    private long wall = NOW;
    private long active = 5_000;

    private PartitionArrivals<String> partition(boolean bounded) {
        return new PartitionArrivals<>(
                OUT_OF_ORDERNESS,
                bounded,
                new org.apache.flink.util.clock.RelativeClock() {
                    @Override
                    public long relativeTimeMillis() {
                        return active;
                    }

                    @Override
                    public long relativeTimeNanos() {
                        return active * 1_000_000;
                    }
                },
                new WallClock(),
                new PartitionArrivals.Counts(silences, futureRecords));
    }

    private void pass(long millis) {
        wall += millis;
        active += millis;
    }

    @Test
    void timeFollowsTheLatestRecordByTheAllowedDisorder() {
        PartitionArrivals<String> partition = partition(false);
        partition.onEvent("a", NOW - 500, output);
        partition.onEvent("b", NOW - 2_000, output);
        partition.onPeriodicEmit(output);
        assertThat(output.watermark).isEqualTo(NOW - 500 - 1_000 - 1);
    }

    @Test
    void timeGoesOnWithEventTimeWithoutWaitingForTheWallClock() {
        PartitionArrivals<String> partition = partition(false);
        partition.onEvent("a", NOW - 9_000, output);
        partition.onEvent("b", NOW - 5_000, output);
        assertThat(output.watermark).isEqualTo(NOW - 5_000 - 1_000 - 1);
    }

    @Test
    void afterAFreshRecordFiveSecondsOfSilenceAreWaitedFor() {
        PartitionArrivals<String> partition = partition(false);
        partition.onEvent("a", NOW - 10_000, output);
        pass(5_000);
        partition.onPeriodicEmit(output);
        assertThat(output.watermark).isEqualTo(NOW - 10_000 - 1_001);
        assertThat(silences.getCount()).isZero();
        pass(2_500);
        partition.onPeriodicEmit(output);
        assertThat(output.watermark).isEqualTo(NOW - 10_000 + 7_500 - 5_000);
        pass(60_000);
        partition.onPeriodicEmit(output);
        assertThat(output.watermark).isEqualTo(NOW - 10_000 + 67_500 - 5_000);
        assertThat(silences.getCount()).isEqualTo(1);
    }

    @Test
    void afterAnOldRecordThirtySecondsOfSilenceAreWaitedFor() {
        PartitionArrivals<String> partition = partition(false);
        long old = NOW - 10_001;
        partition.onEvent("a", old, output);
        pass(30_000);
        partition.onPeriodicEmit(output);
        assertThat(output.watermark).isEqualTo(old - 1_001);
        pass(4_000);
        partition.onPeriodicEmit(output);
        assertThat(output.watermark).isEqualTo(old + 34_000 - 30_000);
    }

    @Test
    void aRecordEndsTheSilenceAndTimeNeverGoesBack() {
        PartitionArrivals<String> partition = partition(false);
        partition.onEvent("a", NOW, output);
        pass(20_000);
        partition.onPeriodicEmit(output);
        assertThat(output.watermark).isEqualTo(NOW + 15_000);
        partition.onEvent("b", NOW + 20_000, output);
        partition.onPeriodicEmit(output);
        assertThat(output.watermark).isEqualTo(NOW + 20_000 - 1_001);
        pass(10_000);
        partition.onPeriodicEmit(output);
        assertThat(silences.getCount()).isEqualTo(2);
    }

    @Test
    void timeInWhichTheJobCouldNotReadIsNoSilence() {
        PartitionArrivals<String> partition = partition(false);
        partition.onEvent("a", NOW, output);
        wall += 600_000;
        partition.onPeriodicEmit(output);
        assertThat(output.watermark).isEqualTo(NOW - 1_001);
    }

    @Test
    void aPartitionWithoutAnyRecordIsIdleAfterThirtySeconds() {
        PartitionArrivals<String> partition = partition(false);
        pass(29_999);
        partition.onPeriodicEmit(output);
        assertThat(output.idle).isFalse();
        pass(1);
        partition.onPeriodicEmit(output);
        assertThat(output.idle).isTrue();
        assertThat(output.watermark).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void aBoundedPartitionWaitsForItsEnd() {
        PartitionArrivals<String> partition = partition(true);
        pass(600_000);
        partition.onPeriodicEmit(output);
        assertThat(output.idle).isFalse();
        partition.onEvent("a", NOW, output);
        pass(600_000);
        partition.onPeriodicEmit(output);
        assertThat(output.watermark).isEqualTo(NOW - 1_001);
    }

    @Test
    void aTimestampOfTheFutureDoesNotMoveTime() {
        PartitionArrivals<String> partition = partition(false);
        partition.onEvent("a", NOW - 3_600_000, output);
        partition.onEvent("b", NOW + 10_001, output);
        partition.onPeriodicEmit(output);
        assertThat(output.watermark).isEqualTo(NOW - 3_600_000 - 1_001);
        assertThat(futureRecords.getCount()).isEqualTo(1);
    }

    @Test
    void aClockThatIsALittleFastDoesNotCarryTimePastTheWallClock() {
        PartitionArrivals<String> partition = partition(false);
        partition.onEvent("a", NOW + 9_000, output);
        partition.onPeriodicEmit(output);
        assertThat(output.watermark).isEqualTo(NOW);
        assertThat(futureRecords.getCount()).isZero();
    }

    @Test
    void anOldPartitionThatStaysSilentHoldsBackNobodyAfterFiveMinutes() {
        PartitionArrivals<String> partition = partition(false);
        partition.onEvent("a", NOW - 86_400_000, output);
        pass(300_000);
        partition.onPeriodicEmit(output);
        assertThat(output.idle).isFalse();
        pass(1);
        partition.onPeriodicEmit(output);
        assertThat(output.idle).isTrue();
        partition.onEvent("b", NOW, output);
        assertThat(output.idle).isFalse();
    }

    /** Keeps the greatest watermark, as Flink does. */
    private static final class Output implements WatermarkOutput {
        private long watermark = Long.MIN_VALUE;
        private boolean idle;

        @Override
        public void emitWatermark(Watermark next) {
            watermark = Math.max(watermark, next.getTimestamp());
            idle = false;
        }

        @Override
        public void markIdle() {
            idle = true;
        }

        @Override
        public void markActive() {
            idle = false;
        }
    }

    private final class WallClock extends Clock {
        @Override
        public long millis() {
            return wall;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(wall);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
