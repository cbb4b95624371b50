package io.tailrace.jobs.source.time;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Time of a source whose records come in the order of their arrival. */
class SteadyArrivalsTest {

    private final List<Long> watermarks = new ArrayList<>();
    private final WatermarkGenerator<String> arrivals =
            SteadyArrivals.<String>strategy().createWatermarkGenerator(null);
    private final WatermarkOutput output =
            new WatermarkOutput() {
                @Override
                public void emitWatermark(Watermark watermark) {
                    watermarks.add(watermark.getTimestamp());
                }

                @Override
                public void markIdle() {
                    throw new AssertionError("It has an end, and is never idle");
                }

                @Override
                public void markActive() {}
            };

    @Test
    void nothingIsSaidBeforeTheFirstRecord() {
        arrivals.onPeriodicEmit(output);
        assertThat(watermarks).isEmpty();
    }

    @Test
    void timeIsJustBeforeTheLatestRecordForMoreMayArriveWithIt() {
        arrivals.onEvent("a", 1_000, output);
        arrivals.onEvent("b", 1_050, output);
        arrivals.onPeriodicEmit(output);
        assertThat(watermarks).containsExactly(999L, 1_049L);
    }

    @Test
    void timeGoesOnInStepsOfEventTimeHoweverFastRecordsAreRead() {
        for (long arrival = 0; arrival <= 1_000; arrival += 10) {
            arrivals.onEvent("a", arrival, output);
        }
        assertThat(watermarks)
                .containsExactly(-1L, 99L, 199L, 299L, 399L, 499L, 599L, 699L, 799L, 899L, 999L);
    }
}
