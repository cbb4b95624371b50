package io.tailrace.operators.metrics;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.OneOf;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/** Which buckets durations are counted by. */
@OneOf
public record HistogramSettings(
        @Setting("Buckets by bounds that are given") Explicit explicit,
        @Setting("Buckets by powers of a base, which grows with the spread of durations")
                Exponential exponential)
        implements Serializable {

    /** What holds where nothing is given. */
    static final String DEFAULT = "{ explicit: {} }";

    /** An empty histogram. */
    public Histogram make() {
        return explicit == null
                ? new ExponentialHistogram(exponential.maxSize)
                : new ExplicitHistogram(explicit.bounds());
    }

    /** The most buckets that there can be. */
    public int mostBuckets() {
        return explicit == null ? exponential.maxSize : explicit.buckets.size() + 1;
    }

    /** Bounds that are given. */
    @Meaning("Buckets by bounds that are given")
    public record Explicit(
            @Setting(
                            value =
                                    "The bounds, growing; a bucket holds what is at most its bound, and"
                                            + " a last one all beyond",
                            defaultsTo =
                                    "[2ms, 4ms, 6ms, 8ms, 10ms, 50ms, 100ms, 200ms, 400ms, 800ms, 1s,"
                                            + " 1.4s, 2s, 5s, 10s, 15s]",
                            least = 1,
                            most = 1000)
                    List<Duration> buckets)
            implements Checked, Serializable {

        private static final long NANOS_PER_MICRO = 1000;

        @Override
        public void check(Problems problems) {
            for (int i = 0; i < buckets.size(); i++) {
                Duration bound = buckets.get(i);
                if (bound.isNegative()
                        || bound.isZero()
                        || bound.toNanos() % NANOS_PER_MICRO != 0) {
                    problems.expected(
                            "buckets[%d]".formatted(i), "a duration of whole microseconds above 0");
                } else if (i > 0 && bound.compareTo(buckets.get(i - 1)) <= 0) {
                    problems.expected(
                            "buckets[%d]".formatted(i), "a bound above the one before it");
                }
            }
        }

        /** In microseconds. */
        long[] bounds() {
            return buckets.stream().mapToLong(bound -> bound.toNanos() / NANOS_PER_MICRO).toArray();
        }
    }

    /** Powers of a base. */
    @Meaning("Buckets by powers of a base, which grows with the spread of durations")
    public record Exponential(
            @Setting(
                            value = "How many buckets a series has at most",
                            defaultsTo = "160",
                            least = 2,
                            most = 10_000)
                    int maxSize)
            implements Serializable {}
}
