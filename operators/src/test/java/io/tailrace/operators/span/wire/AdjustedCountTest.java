package io.tailrace.operators.span.wire;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class AdjustedCountTest {

    private static final double ALL = Math.pow(2, 56);
    private static final int SPANS = 200_000;

    @ParameterizedTest
    @ValueSource(doubles = {0.999, 0.7, 0.5, 0.3, 0.07, 0.01, 0.0003})
    void isRightInTheMeanAndNeverMoreThanOneOff(double share) {
        long threshold = (long) (ALL * (1 - share));
        double exact = ALL / (ALL - threshold);
        Random random = new Random(5);
        double sum = 0;
        for (int i = 0; i < SPANS; i++) {
            // Ids of spans that passed the threshold.
            long low = threshold + (long) (random.nextDouble() * (ALL - threshold));
            long high = random.nextLong();
            long span = random.nextLong();
            long count = AdjustedCount.of(threshold, high, low, span);
            assertThat(count).isBetween((long) Math.floor(exact), (long) Math.ceil(exact));
            assertThat(AdjustedCount.of(threshold, high, low, span)).isEqualTo(count);
            sum += count;
        }
        double part = exact - Math.floor(exact);
        double error = Math.sqrt(part * (1 - part) / SPANS);
        assertThat(sum / SPANS).isBetween(exact - 4 * error - 1e-9, exact + 4 * error + 1e-9);
    }

    @ParameterizedTest
    @ValueSource(longs = {(1L << 56) - 1, (1L << 56) - 2, (1L << 56) - (1L << 24)})
    void isBounded(long threshold) {
        assertThat(AdjustedCount.of(threshold, 1, 2, 3)).isEqualTo(AdjustedCount.MOST);
    }
}
