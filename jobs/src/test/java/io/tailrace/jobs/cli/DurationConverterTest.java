package io.tailrace.jobs.cli;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DurationConverterTest {

    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "1.5h, PT1H30M",
        "1h30m, PT1H30M",
        "30m1h, PT1H30M",
        "7d, PT168H",
        "0, PT0S"
    })
    void durationsAreWrittenAsInSpecs(String text, Duration duration) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({
        "soon, such as 30s",
        "30, did you mean \"30s\"?",
        "-1h, such as 30s",
        "'', such as 30s",
        "900000d, such as 30s"
    })
    void allElseIsRefused(String text, String hint) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new DurationConverter().convert(text))
                .withMessageContainingAll('"' + text + '"', hint);
    }
}
