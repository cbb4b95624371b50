package io.tailrace.jobs.spec;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SuggestionsTest {

    @ParameterizedTest
    @CsvSource({
        "latncy, latency",
        "latecny, latency",
        "thresholdMs, threshold_ms",
        "threshold-ms, threshold_ms",
        "THRESHOLD_MS, threshold_ms",
        "nmae, name",
        "elephant, ''",
        "x, ''"
    })
    void findTheNearestWordUnlessNoneIsNear(String written, String expected) {
        List<String> words = List.of("name", "latency", "threshold_ms", "policies");
        assertThat(Suggestions.nearest(written, words)).isEqualTo(expected);
    }
}
