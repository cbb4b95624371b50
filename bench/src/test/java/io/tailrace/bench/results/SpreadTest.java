package io.tailrace.bench.results;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SpreadTest {

    @Test
    void ofOddNumbersTheMiddleOne() {
        assertThat(Spread.of(List.of(9, 1, 5))).isEqualTo(new Spread(1, 5, 9));
        assertThat(Spread.of(List.of(4.5))).isEqualTo(new Spread(4.5, 4.5, 4.5));
    }

    @Test
    void ofEvenNumbersTheMeanOfTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(100, 2, 1, 4))).isEqualTo(new Spread(1, 3, 100));
    }

    @Test
    void ofNothingThereIsNone() {
        assertThatThrownBy(() -> Spread.of(List.<Double>of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
