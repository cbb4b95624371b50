package io.tailrace.jobs.spec;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Inlined;
import io.tailrace.operators.settings.Setting;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A record whose components are written among those of another. */
class InlinedTest {

    record Sink(
            @Setting("First") int first,
            @Inlined Common common,
            @Setting(value = "Last", defaultsTo = "9") int last) {}

    record Common(
            @Setting("Where to") String topic,
            @Setting(value = "How often", defaultsTo = "2") int retries,
            @Inlined Deeper deeper)
            implements Checked {
        @Override
        public void check(Problems problems) {
            if (topic.isBlank()) {
                problems.expected("topic", "a name");
            }
        }
    }

    record Deeper(@Setting(value = "A bound", optional = true, most = 5) Integer most) {}

    @Test
    void isWrittenAmongTheKeysAroundIt() {
        assertThat(read("{ topic: spans, first: 1, most: 4, retries: 3 }").value())
                .isEqualTo(new Sink(1, new Common("spans", 3, new Deeper(4)), 9));
        assertThat(read("{ topic: spans, first: 1 }").value())
                .isEqualTo(new Sink(1, new Common("spans", 2, new Deeper(null)), 9));
    }

    @Test
    void isCheckedWithItsOwnRules() {
        assertThat(problems("{ first: 1, topic: ' ' }"))
                .containsExactly("x.yaml:1: topic: \" \" does not fit; expected a name");
        assertThat(problems("{ first: 1, most: 6 }"))
                .containsExactly(
                        "x.yaml:1: topic: is missing; expected a text",
                        "x.yaml:1: most: \"6\" is out of range; expected a whole number at most 5");
        assertThat(problems("{ first: 1, topic: t, common: {} }"))
                .singleElement()
                .asString()
                .contains("one of: first, topic, retries, most, last");
    }

    @Test
    void isDescribedWhereItIsWritten() {
        assertThat(SettingsTable.of(Sink.class, "sink"))
                .containsSubsequence("`sink.first`", "`sink.topic`", "`sink.retries`")
                .containsSubsequence("`sink.retries`", "`sink.most`", "`sink.last`")
                .doesNotContain("common", "deeper");
        assertThat(SpecSchema.of(Sink.class, "A sink"))
                .contains("\"topic\"", "\"retries\"", "\"most\"")
                .doesNotContain("common", "deeper");
    }

    private static SpecResult<Sink> read(String text) {
        return SpecReader.read("x.yaml", text, Sink.class, List.of(), Map.of());
    }

    private static List<String> problems(String text) {
        return read(text).problems().stream().map(Object::toString).toList();
    }
}
