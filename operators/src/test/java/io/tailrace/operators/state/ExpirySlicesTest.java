package io.tailrace.operators.state;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class ExpirySlicesTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 1000",
        "PT5S, 1000",
        "PT32S, 1000",
        "PT64S, 2000",
        "PT10M, 18750",
        "PT16M, 30000",
        "PT24H, 168750",
        "P100000000D, 16875000000000"
    })
    void aSliceIsASmallPartOfTheMemory(Duration memory, long millis) {
        assertThat(ExpirySlices.of(memory).millis()).isEqualTo(millis);
    }

    @Test
    void aTimeIsInTheSliceThatEndsAtTheNextMultiple() {
        Random random = new Random(1);
        ExpirySlices slices = new ExpirySlices(18_750);
        for (int i = 0; i < 100_000; i++) {
            long time = random.nextLong() >> 1 + random.nextInt(60);
            assertThat(slices.endOf(time)).isBetween(time, time + 18_749);
            assertThat(slices.endOf(time) % 18_750).isZero();
        }
        assertThat(slices.endOf(0)).isZero();
        assertThat(slices.endOf(-1)).isZero();
        assertThat(slices.endOf(1)).isEqualTo(18_750);
    }

    @Test
    void whatNeverExpiresIsInTheLastSlice() {
        ExpirySlices slices = new ExpirySlices(1_000);
        assertThat(slices.endOf(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(slices.endOf(Long.MAX_VALUE - 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(slices.endOf(Long.MIN_VALUE)).isLessThan(Long.MIN_VALUE + 1_000);
    }
}
