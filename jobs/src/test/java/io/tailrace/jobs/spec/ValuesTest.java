package io.tailrace.jobs.spec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "30s, PT30S",
        "1h30m, PT1H30M",
        "250ms, PT0.25S",
        "7d, P7D",
        "1.5s, PT1.5S",
        "0, PT0S",
        "0s, PT0S",
        "1us, PT0.000001S"
    })
    void readsDurations(String text, Duration expected) throws UnfitException {
        assertThat(new DurationShape().read(text)).isEqualTo(expected);
    }

    @Test
    void durationsAreTheSumOfTheirParts() throws UnfitException {
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            int hours = random.nextInt(1000);
            int minutes = random.nextInt(1000);
            int millis = random.nextInt(100_000);
            String text = hours + "h" + minutes + "m" + millis + "ms";
            Duration sum = Duration.ofHours(hours).plusMinutes(minutes).plusMillis(millis);
            assertThat(new DurationShape().read(text)).as(text).isEqualTo(sum);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "-5s", "s", "5 s", "1:30", "30S", "999999999d", "0.1ns", "1_0s"})
    void refusesWhatIsNoDuration(String text) {
        assertThat(refusal(new DurationShape(), text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"010", "1_000", "0x1F", "0o17", "1:30", "1e3", "1.0", "ten", "3000000000"})
    void refusesWholeNumbersThatOthersReadOtherwise(String text) {
        WholeShape shape = new WholeShape(Integer.MIN_VALUE, Integer.MAX_VALUE, true);
        assertThat(refusal(shape, text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1_000.5", "010.5", ".nan", ".inf", "1e999", "0x1", "1d", "NaN"})
    void refusesWhatIsNoFiniteNumber(String text) {
        assertThat(refusal(new RealShape(), text)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"on, true", "yes, true", "TRUE, true", "Off, false", "n, false", "1, ''", "t, ''"})
    void onlyTrueAndFalseAreBooleans(String text, String suggestion) {
        assertThat(refusal(new ScalarShape.Truth(), text)).isEqualTo(suggestion);
    }

    @ParameterizedTest
    @CsvSource({"16mib, 16MiB", "16 MB, 16MB", "1_0kb, 10KB", "1 parsec, ''", "-1, ''"})
    void suggestsTheSizeThatWasMeant(String text, String suggestion) {
        assertThat(refusal(new SizeShape(), text)).isEqualTo(suggestion);
    }

    @Test
    void aTextMayLookLikeANumberOrABoolean() {
        for (String name : List.of("on", "010", "1_000", "true", "2026-01-01", "0x1F", "1.50")) {
            ShopSpec spec =
                    ShopSpec.read("name: " + name + "\nsource: { file: { path: a } }\n").value();
            assertThat(spec.name()).isEqualTo(name);
        }
    }

    @Test
    void listsInATextMapAreJoinedBySemicolons() {
        String text =
                """
                name: x
                source: { file: { path: a } }
                flink:
                  list: [a, b, 1]
                  nested: { deep: [{ k: v, l: [1, 2] }, c] }
                  on: on
                  none:
                """;
        assertThat(ShopSpec.read(text).value().flink())
                .hasToString("{list=a;b;1, nested.deep={k: v, l: [1, 2]};c, on=on}");
    }

    /** What is suggested in place of a text; null where the text is fine. */
    private static String refusal(ScalarShape shape, String text) {
        try {
            shape.read(text);
            return null;
        } catch (UnfitException e) {
            return e.suggestion();
        }
    }
}
