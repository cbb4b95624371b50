package io.tailrace.jobs.spec;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.settings.Unwrapped;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Settings that records share are written as if each had them itself. */
class UnwrappedTest {

    record Shared(
            @Setting("Where") String host,
            @Setting(value = "Which", defaultsTo = "80", least = 1) int port)
            implements Checked {
        @Override
        public void check(Problems problems) {
            if (host.contains(" ")) {
                problems.expected("host", "a name without spaces");
            }
        }
    }

    record Door(
            @Setting(value = "Its colour", defaultsTo = "green") String colour,
            @Unwrapped Shared shared,
            @Setting("Its height") int height) {}

    private static SpecResult<Door> read(String yaml) {
        return SpecReader.read("door.yaml", yaml, Door.class, List.of(), Map.of());
    }

    @Test
    void areReadInTheirPlace() {
        assertThat(read("host: here\nheight: 2\n").value())
                .isEqualTo(new Door("green", new Shared("here", 80), 2));
        assertThat(read("height: 3\nport: 8\nhost: there\ncolour: red\n").value())
                .isEqualTo(new Door("red", new Shared("there", 8), 3));
    }

    @Test
    void areCheckedWhereTheyAreWritten() {
        assertThat(read("port: 0\nheight: 2\n").problems())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder("host", "port");
        assertThat(read("host: out there\nheight: 2\n").problems())
                .singleElement()
                .hasToString(
                        "door.yaml:1: host: \"out there\" does not fit; expected a name without"
                                + " spaces");
    }

    @Test
    void areDocumentedInTheirPlace() {
        assertThat(SettingsTable.of(Door.class, "door").lines().skip(2))
                .extracting(row -> row.split("`")[1])
                .containsExactly("door.colour", "door.host", "door.port", "door.height");
        assertThat(SpecSchema.of(Door.class, "Door")).contains("\"host\"").doesNotContain("shared");
    }
}
