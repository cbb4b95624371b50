package io.tailrace.operators.metrics;

import java.util.Arrays;

/**
 * Counts by powers of a base near 1, as OpenTelemetry's exponential histogram: bucket i at scale s
 * holds what is above 2^(i/2^s) microseconds and at most 2^((i+1)/2^s). The scale falls as the span
 * of values grows, so that there are never more buckets than a given number; going down one scale
 * joins buckets in pairs and loses nothing else.
 *
 * <p>After the specification of OpenTelemetry's metrics data model, section ExponentialHistogram.
 */
public final class ExponentialHistogram implements Histogram {

    /** Finer than any duration is measured, and index arithmetic is exact enough. */
    public static final int MOST_SCALE = 20;

    private final int maxSize;
    private int scale;
    private long zeros;
    private int offset;
    private long[] counts;

    /**
     * @param maxSize how many buckets there may be, 2 or more
     */
    public ExponentialHistogram(int maxSize) {
        this(maxSize, MOST_SCALE, 0, 0, new long[0]);
    }

    ExponentialHistogram(int maxSize, int scale, long zeros, int offset, long[] counts) {
        this.maxSize = maxSize;
        this.scale = scale;
        this.zeros = zeros;
        this.offset = offset;
        this.counts = counts;
    }

    @Override
    public void add(long micros, long times) {
        if (micros <= 0) {
            zeros += times;
            return;
        }
        int index = indexOf(micros, scale);
        int change = changeFor(index, index);
        lower(change);
        count(index >> change, times);
    }

    /** How far the scale must fall to have room for these buckets. */
    private int changeFor(int low, int high) {
        int least = counts.length == 0 ? low : Math.min(low, offset);
        int most = counts.length == 0 ? high : Math.max(high, offset + counts.length - 1);
        int change = 0;
        while ((most >> change) - (least >> change) >= maxSize) {
            change++;
        }
        return change;
    }

    private void lower(int change) {
        if (change == 0) {
            return;
        }
        scale -= change;
        if (counts.length > 0) {
            int first = offset >> change;
            long[] joined = new long[(offset + counts.length - 1 >> change) - first + 1];
            for (int i = 0; i < counts.length; i++) {
                joined[(offset + i >> change) - first] += counts[i];
            }
            offset = first;
            counts = joined;
        }
    }

    private void count(int index, long times) {
        if (counts.length == 0) {
            offset = index;
            counts = new long[1];
        } else if (index < offset) {
            long[] longer = new long[counts.length + offset - index];
            System.arraycopy(counts, 0, longer, offset - index, counts.length);
            offset = index;
            counts = longer;
        } else if (index >= offset + counts.length) {
            counts = Arrays.copyOf(counts, index - offset + 1);
        }
        counts[index - offset] += times;
    }

    /** The bucket of a value of 1 or more. */
    static int indexOf(long micros, int scale) {
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
        boolean power = Long.bitCount(micros) == 1;
        if (scale <= 0) {
            // Bounds are powers of 2, and those belong to the bucket below them.
            return (power ? exponent - 1 : exponent) >> -scale;
        }
        if (power) {
            return (exponent << scale) - 1;
        }
        double fraction = Math.scalb((double) micros, -exponent);
        int within = (int) Math.ceil(Math.scalb(Math.log(fraction) / Math.log(2), scale)) - 1;
        return (exponent << scale) + Math.min(Math.max(within, 0), (1 << scale) - 1);
    }

    @Override
    public void merge(Histogram other) {
        if (!(other instanceof ExponentialHistogram that)) {
            throw new IllegalArgumentException("Histograms of different kinds");
        }
        zeros += that.zeros;
        if (that.counts.length == 0) {
            return;
        }
        if (that.scale < scale) {
            lower(scale - that.scale);
        }
        int shift = that.scale - scale;
        int change = changeFor(that.offset >> shift, that.offset + that.counts.length - 1 >> shift);
        lower(change);
        for (int i = 0; i < that.counts.length; i++) {
            if (that.counts[i] != 0) {
                count(that.offset + i >> shift + change, that.counts[i]);
            }
        }
    }

    @Override
    public boolean hasShape(Histogram other) {
        return other instanceof ExponentialHistogram that && maxSize == that.maxSize;
    }

    @Override
    public Histogram empty() {
        return new ExponentialHistogram(maxSize);
    }

    @Override
    public void moveTo(Histogram other, long max) {
        if (other instanceof ExponentialHistogram) {
            other.merge(this);
            return;
        }
        other.add(0, zeros);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                // Durations are whole, so that what is up to a bound is up to that rounded down.
                double bound = Math.pow(2, Math.scalb(offset + i + 1.0, -scale));
                other.add(Math.min((long) bound, max), counts[i]);
            }
        }
    }

    @Override
    public Histogram copy() {
        return new ExponentialHistogram(maxSize, scale, zeros, offset, counts.clone());
    }

    public int maxSize() {
        return maxSize;
    }

    public int scale() {
        return scale;
    }

    /** Durations below a microsecond. */
    public long zeros() {
        return zeros;
    }

    /** The index of the first bucket. */
    public int offset() {
        return offset;
    }

    /** Nobody may change them. */
    public long[] counts() {
        return counts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExponentialHistogram that
                && maxSize == that.maxSize
                && scale == that.scale
                && zeros == that.zeros
                && offset == that.offset
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return 31 * scale + Arrays.hashCode(counts);
    }
}
