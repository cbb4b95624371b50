package io.tailrace.operators.metrics;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HistogramsTest {

    static Stream<Supplier<Histogram>> kinds() {
        return Stream.of(
                () -> new ExplicitHistogram(1, 10, 1000, 1_000_000),
                () -> new ExponentialHistogram(160),
                () -> new ExponentialHistogram(7),
                () -> new ExponentialHistogram(2));
    }

    /** From below a microsecond to years; some powers of two, which are bounds. */
    private static long micros(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> 1L << random.nextInt(50);
            case 1 -> random.nextInt(3);
            default -> (long) Math.exp(random.nextDouble() * random.nextInt(35));
        };
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void partsInAnyOrderAreTheWhole(Supplier<Histogram> make) {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Histogram whole = make.get();
            List<Histogram> parts = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(6); i++) {
                parts.add(make.get());
            }
            for (int i = random.nextInt(200); i > 0; i--) {
                long micros = micros(random);
                long times = 1L + random.nextInt(3);
                whole.add(micros, times);
                parts.get(random.nextInt(parts.size())).add(micros, times);
            }
            // Two at a time, until there is one: merging in any order, and of what was merged.
            while (parts.size() > 1) {
                Collections.shuffle(parts, random);
                Histogram one = parts.remove(0);
                Histogram copy = parts.get(0).copy();
                one.merge(parts.get(0));
                assertThat(parts.get(0)).as("what was merged stays").isEqualTo(copy);
                parts.set(0, one);
            }
            assertThat(parts.get(0)).as("seed %d", seed).isEqualTo(whole);
        }
    }

    @Test
    void explicitBucketsHoldWhatIsAtMostTheirBound() {
        ExplicitHistogram histogram = new ExplicitHistogram(10, 20);
        for (long micros : new long[] {0, 10, 11, 20, 20, 21, Long.MAX_VALUE}) {
            histogram.add(micros, 1);
        }
        assertThat(histogram.counts()).containsExactly(2, 3, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 10, 3, 1, 0, -1, -2, -5})
    void exponentialBucketsHaveTheBoundsOfTheirScale(int scale) {
        Random random = new Random(scale);
        double width = Math.scalb(1.0, -scale);
        for (int i = 0; i < 10_000; i++) {
            long micros = Math.max(1, micros(random));
            int index = ExponentialHistogram.indexOf(micros, scale);
            // Powers of two are exact; nothing else is near enough to a bound to matter.
            double exponent =
                    Long.bitCount(micros) == 1
                            ? Long.numberOfTrailingZeros(micros)
                            : Math.log((double) micros) / Math.log(2);
            assertThat(exponent).as("%d", micros).isGreaterThan(index * width - 1e-12);
            assertThat(exponent).as("%d", micros).isLessThanOrEqualTo((index + 1) * width + 1e-12);
            if (Long.bitCount(micros) == 1 && scale >= 0) {
                assertThat((index + 1) * width).as("upper bound").isEqualTo(exponent);
            }
            assertThat(ExponentialHistogram.indexOf(micros, scale - 1))
                    .as("%d, one scale down", micros)
                    .isEqualTo(index >> 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 160})
    void exponentialOnesAreAsFineAsTheirSizeAllows(int maxSize) {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            ExponentialHistogram histogram = new ExponentialHistogram(maxSize);
            long least = Long.MAX_VALUE;
            long most = 0;
            long zeros = 0;
            long positive = 0;
            for (int i = 2 + random.nextInt(50); i > 0; i--) {
                long micros = micros(random);
                histogram.add(micros, 1);
                if (micros == 0) {
                    zeros++;
                } else {
                    positive++;
                    least = Math.min(least, micros);
                    most = Math.max(most, micros);
                }
            }
            assertThat(histogram.zeros()).isEqualTo(zeros);
            assertThat(Arrays.stream(histogram.counts()).sum()).isEqualTo(positive);
            assertThat(histogram.counts().length).isLessThanOrEqualTo(maxSize);
            if (positive > 0) {
                int scale = histogram.scale();
                assertThat(histogram.offset())
                        .isEqualTo(ExponentialHistogram.indexOf(least, scale));
                assertThat(histogram.offset() + histogram.counts().length - 1)
                        .isEqualTo(ExponentialHistogram.indexOf(most, scale));
                assertThat(
                                scale == ExponentialHistogram.MOST_SCALE
                                        || ExponentialHistogram.indexOf(most, scale + 1)
                                                        - ExponentialHistogram.indexOf(
                                                                least, scale + 1)
                                                >= maxSize)
                        .as("one scale finer would not fit")
                        .isTrue();
            }
        }
    }

    @Test
    void differentOnesAreNotMerged() {
        assertThatThrownBy(() -> new ExplicitHistogram(1).merge(new ExplicitHistogram(2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ExplicitHistogram(1).merge(new ExponentialHistogram(2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ExponentialHistogram(2).merge(new ExplicitHistogram(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Nobody can tell more of what is in a bucket than its bound. */
    @Test
    void whatMovesToOtherBucketsGoesWhereItsUpperBoundDoes() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Histogram from =
                    random.nextBoolean()
                            ? new ExplicitHistogram(10, 1000)
                            : new ExponentialHistogram(20);
            ExplicitHistogram exact = new ExplicitHistogram(50, 5000);
            long max = 0;
            for (int i = 0; i < 50; i++) {
                long micros = micros(random);
                from.add(micros, 2);
                exact.add(micros, 2);
                max = Math.max(max, micros);
            }
            ExplicitHistogram moved = (ExplicitHistogram) exact.empty();
            from.moveTo(moved, max);

            assertThat(Arrays.stream(moved.counts()).sum()).isEqualTo(100);
            // Never in a lower bucket than it belongs to, and never above the longest.
            assertThat(moved.counts()[0]).isLessThanOrEqualTo(exact.counts()[0]);
            assertThat(moved.counts()[2]).isGreaterThanOrEqualTo(exact.counts()[2]);
            if (max <= 50) {
                assertThat(moved.counts()).containsExactly(100, 0, 0);
            }
        }
    }

    @Test
    void bucketsThatHaveOneShapeCanBeMerged() {
        List<Histogram> all =
                List.of(
                        new ExplicitHistogram(1, 2),
                        new ExplicitHistogram(1, 3),
                        new ExponentialHistogram(2),
                        new ExponentialHistogram(3));
        for (Histogram one : all) {
            for (Histogram other : all) {
                assertThat(one.hasShape(other)).isEqualTo(one == other);
            }
            assertThat(one.hasShape(one.empty())).isTrue();
        }
    }
}
