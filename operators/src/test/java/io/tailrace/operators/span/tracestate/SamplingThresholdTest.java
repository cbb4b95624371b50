package io.tailrace.operators.span.tracestate;

import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class SamplingThresholdTest {

    @ParameterizedTest
    @CsvSource({
        "100, 0, 1",
        "1000, 0, 1",
        "Infinity, 0, 1",
        "75, 4, 1.3333333333333333",
        "50, 8, 2",
        "25, c, 4",
        "12.5, e, 8",
        "10, e6666666666666, 10",
        "5, f3333333333333, 20",
        "1, fd70a3d70a3d71, 100",
        "99.9999999999999999, 0, 1",
        // Exactly one in 2^56.
        "1.3877787807814457e-15, ffffffffffffff, 72057594037927936",
    })
    void isOfAPercentage(double percentage, String text, double adjustedCount) {
        long threshold = SamplingThreshold.ofPercentage(percentage);

        assertThat(SamplingThreshold.text(threshold)).isEqualTo(text);
        assertThat(SamplingThreshold.parse(text, 0)).isEqualTo(threshold);
        assertThat(SamplingThreshold.adjustedCount(threshold))
                .isCloseTo(adjustedCount, within(adjustedCount * 1e-12));
    }

    /** In whole numbers: a double is a whole number times a power of two. */
    @Test
    void isTheNearestToAnyPercentage() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            double percentage = 100 * random.nextDouble() * Math.pow(2, -random.nextInt(60));
            int power = 52 - Math.getExponent(percentage);
            BigInteger mantissa = BigInteger.valueOf((long) Math.scalb(percentage, power));
            BigInteger hundred = BigInteger.valueOf(100).shiftLeft(power);
            BigInteger exact = hundred.subtract(mantissa).shiftLeft(56);
            BigInteger threshold = BigInteger.valueOf(SamplingThreshold.ofPercentage(percentage));

            BigInteger error = exact.subtract(threshold.multiply(hundred)).abs();

            assertThat(error.shiftLeft(1)).as("%s", percentage).isLessThanOrEqualTo(hundred);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, -5, Double.NEGATIVE_INFINITY, Double.MIN_VALUE})
    void letsNothingPassAtNothing(double percentage) {
        long threshold = SamplingThreshold.ofPercentage(percentage);

        assertThat(SamplingThreshold.keeps(threshold, 0xff_ffff_ffff_ffffL)).isFalse();
        assertThatThrownBy(() -> SamplingThreshold.text(threshold))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SamplingThreshold.adjustedCount(threshold))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatThrownBy(() -> SamplingThreshold.ofPercentage(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000000001, 00000000000001",
        "0af7651916cd43dd8448eb211c80319c, 48eb211c80319c",
        "4bf92f3577b34da6a3ce929d0e0e4736, ce929d0e0e4736",
        "ffffffffffffffffffffffffffffffff, ffffffffffffff",
    })
    void isComparedWithTheLast56BitsOfAnId(String id, String randomness) {
        long expected = Long.parseLong(randomness, 16);

        assertThat(SamplingThreshold.randomness(TraceId.ofHex(id))).isEqualTo(expected);
        assertThat(SamplingThreshold.keeps(expected, expected)).isTrue();
        assertThat(SamplingThreshold.keeps(expected + 1, expected)).isFalse();
        assertThat(SamplingThreshold.keeps(SamplingThreshold.ALWAYS, expected)).isTrue();
    }

    @Test
    void lettingASharePassItCountsEachForAsMany() {
        Random random = new Random(2);
        long threshold = SamplingThreshold.ofPercentage(20);
        double estimate = 0;
        for (int i = 0; i < 100_000; i++) {
            TraceId traceId = new TraceId(random.nextLong(), random.nextLong());
            if (SamplingThreshold.keeps(threshold, SamplingThreshold.randomness(traceId))) {
                estimate += SamplingThreshold.adjustedCount(threshold);
            }
        }
        assertThat(estimate).isCloseTo(100_000, within(2500.0));
    }

    @Test
    void comesBackFromItsText() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            long threshold = random.nextLong() >>> 8 & -1L << random.nextInt(56);
            String text = SamplingThreshold.text(threshold);

            assertThat(SamplingThreshold.parse(text, 0)).as(text).isEqualTo(threshold);
            assertThat(text).matches("0|[0-9a-f]{0,13}[1-9a-f]");
        }
    }
}
