package io.tailrace.sinks.remotewrite;

import io.tailrace.operators.metrics.DurationTotals;
import io.tailrace.operators.metrics.ExponentialHistogram;

import java.util.ArrayList;
import java.util.List;

/**
 * An exponential histogram as a {@code prometheus.Histogram}. Prometheus has the same buckets up to
 * a scale of 8, which it calls schema, and numbers them by their upper bounds, so by one more.
 */
final class NativeHistogram {

    private static final int MOST_SCHEMA = 8;

    // Fields of prometheus.Histogram and BucketSpan.
    private static final int COUNT = 1;
    private static final int SUM = 3;
    private static final int SCHEMA = 4;
    private static final int ZERO_THRESHOLD = 5;
    private static final int ZERO_COUNT = 6;
    private static final int SPANS = 11;
    private static final int DELTAS = 12;
    private static final int TIME = 15;
    private static final int SPAN_OFFSET = 1;
    private static final int SPAN_LENGTH = 2;

    /** Half a microsecond: durations are whole ones. */
    private static final double ALMOST_ZERO = 0.5;

    private NativeHistogram() {}

    /**
     * @param time milliseconds since the epoch
     */
    static ProtoMessage of(DurationTotals durations, ExponentialHistogram histogram, long time) {
        int shift = Math.max(0, histogram.scale() - MOST_SCHEMA);
        int first = histogram.offset() >> shift;
        long[] counts = joined(histogram, shift, first);
        ProtoMessage message =
                new ProtoMessage()
                        .whole(COUNT, durations.count())
                        .real(SUM, (double) durations.sumMicros())
                        .signed(SCHEMA, histogram.scale() - shift)
                        .real(ZERO_THRESHOLD, ALMOST_ZERO)
                        .whole(ZERO_COUNT, histogram.zeros());
        if (counts.length > 0) {
            message.message(
                            SPANS,
                            new ProtoMessage()
                                    .signed(SPAN_OFFSET, first + 1)
                                    .whole(SPAN_LENGTH, counts.length))
                    .packedSigned(DELTAS, deltas(counts));
        }
        return message.whole(TIME, time);
    }

    private static long[] joined(ExponentialHistogram histogram, int shift, int first) {
        long[] counts = histogram.counts();
        if (counts.length == 0) {
            return counts;
        }
        long[] joined = new long[(histogram.offset() + counts.length - 1 >> shift) - first + 1];
        for (int i = 0; i < counts.length; i++) {
            joined[(histogram.offset() + i >> shift) - first] += counts[i];
        }
        return joined;
    }

    private static List<Long> deltas(long[] counts) {
        List<Long> deltas = new ArrayList<>(counts.length);
        long before = 0;
        for (long count : counts) {
            deltas.add(count - before);
            before = count;
        }
        return deltas;
    }
}
