package io.tailrace.jobs.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What a preview printed, read as a user would. */
record PreviewTable(String text) {

    static PreviewTable of(String text) {
        return new PreviewTable(text);
    }

    /** The line that begins with a name. */
    static String line(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No line " + name + " in\n" + text));
    }

    /** What stands behind a name, by the gaps between, without the mark of limiters. */
    static List<String> cells(String text, String name) {
        String rest = line(text, name).substring(name.length()).strip();
        return List.of(rest.replace(" * ", " ").split(" +(?!%)"));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    void assertIs(PlainPreview plain) {
        long traces = plain.read().get(0);
        long spans = plain.read().get(1);
        plain.policies()
                .forEach(
                        (policy, numbers) -> {
                            List<String> cells = cells(text, policy);
                            assertThat(cells.subList(1, 5))
                                    .as(policy)
                                    .containsExactly(
                                            count(numbers.get(0)),
                                            percent(numbers.get(0), traces),
                                            count(numbers.get(1)),
                                            percent(numbers.get(1), spans));
                            assertThat(cells.get(6)).as(policy).isEqualTo(count(numbers.get(2)));
                        });
        assertThat(cells(text, "read").subList(0, 5))
                .containsExactly(
                        count(traces),
                        "100.0 %",
                        count(spans),
                        "100.0 %",
                        count(plain.bytesRead()));
        long kept = plain.kept().get(0);
        long keptSpans = plain.kept().get(1);
        assertThat(cells(text, "kept").subList(0, 4))
                .containsExactly(
                        count(kept),
                        percent(kept, traces),
                        count(keptSpans),
                        percent(keptSpans, spans));
        assertThat(cells(text, "not sampled"))
                .contains(count(traces - kept), count(spans - keptSpans));
        assertThat(cells(text, "late spans")).containsExactly(count(plain.lateSpans()));
        assertThat(cells(text, "dead letters")).containsExactly("0");
        assertThat(services("kept")).containsExactlyElementsOf(top(plain, 0));
        assertThat(services("dropped")).containsExactlyElementsOf(top(plain, 1));
    }

    private List<String> services(String what) {
        List<String> services = new ArrayList<>();
        boolean within = false;
        for (String line : text.lines().toList()) {
            if (line.startsWith("services with the most " + what + " ")) {
                within = true;
            } else if (line.isEmpty()) {
                within = false;
            } else if (within) {
                services.add(line.replaceAll(" +", " "));
            }
        }
        return services;
    }

    private static List<String> top(PlainPreview plain, int which) {
        return plain.spansByService().entrySet().stream()
                .filter(each -> each.getValue()[which] > 0)
                .sorted(
                        Comparator.comparingLong(
                                        (Map.Entry<String, long[]> each) -> -each.getValue()[which])
                                .thenComparing(Map.Entry::getKey))
                .limit(10)
                .map(
                        each -> {
                            long[] spans = each.getValue();
                            return "%s %s %s"
                                    .formatted(
                                            each.getKey(),
                                            count(spans[which]),
                                            percent(spans[which], spans[0] + spans[1]));
                        })
                .toList();
    }
}
