package io.tailrace.jobs.source.time;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Watermarks of a source whose records come in the order of their arrival. They follow event time,
 * not only the wall clock, so that reading fast does not pile up what could be decided.
 */
public final class SteadyArrivals<T> implements WatermarkGenerator<T> {

    /** Event time between two watermarks, milliseconds. */
    static final long STEP = 100;

    private long latest = Long.MIN_VALUE;
    private long emitted = Long.MIN_VALUE;

    private SteadyArrivals() {}

    /** Timestamps are those that the source gave its records. */
    public static <T> WatermarkStrategy<T> strategy() {
        return context -> new SteadyArrivals<>();
    }

    @Override
    public void onEvent(T event, long arrival, WatermarkOutput output) {
        latest = Math.max(latest, arrival);
        if (latest >= emitted + STEP || emitted == Long.MIN_VALUE) {
            onPeriodicEmit(output);
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        if (latest != Long.MIN_VALUE) {
            emitted = latest;
            output.emitWatermark(new Watermark(latest - 1));
        }
    }
}
