package io.tailrace.jobs.preview.text;

import io.tailrace.jobs.preview.Amount;
import io.tailrace.jobs.preview.Comparison;
import io.tailrace.jobs.preview.Preview;
import io.tailrace.jobs.preview.Preview.PolicyShare;
import io.tailrace.operators.span.TraceId;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static io.tailrace.jobs.preview.text.Numbers.change;
import static io.tailrace.jobs.preview.text.Numbers.count;

/** Two previews side by side. */
public final class ComparisonText {

    private static final String NONE = "-";

    private ComparisonText() {}

    /**
     * @param first what the first spec is called
     * @param second what the second spec is called
     */
    public static String of(Comparison comparison, String first, String second) {
        String newLine = System.lineSeparator();
        TextTable table =
                new TextTable(
                        1, "policy", "traces", "other", "change", "spans", "other", "change",
                        "bytes", "other", "change");
        Preview one = comparison.first();
        Preview other = comparison.second();
        for (String name : names(one, other)) {
            row(table, name, amount(one, name), amount(other, name));
        }
        table.row("", "", "", "", "", "", "", "", "", "");
        row(table, "kept", Optional.of(one.kept()), Optional.of(other.kept()));
        row(table, "dropped", Optional.of(one.dropped()), Optional.of(other.dropped()));
        row(table, "not sampled", Optional.of(one.notSampled()), Optional.of(other.notSampled()));
        return "%s, and in the columns \"other\" %s".formatted(first, second)
                + newLine
                + newLine
                + table
                + newLine
                + only(comparison, first, second);
    }

    private static Set<String> names(Preview one, Preview other) {
        Set<String> names = new LinkedHashSet<>();
        one.policies().forEach(each -> names.add(each.name()));
        other.policies().forEach(each -> names.add(each.name()));
        return names;
    }

    private static Optional<Amount> amount(Preview preview, String policy) {
        return preview.policies().stream()
                .filter(each -> each.name().equals(policy))
                .map(PolicyShare::all)
                .findFirst();
    }

    private static void row(
            TextTable table, String name, Optional<Amount> one, Optional<Amount> other) {
        Amount before = one.orElse(new Amount(0, 0, 0));
        Amount after = other.orElse(new Amount(0, 0, 0));
        table.row(
                name,
                one.map(each -> count(each.traces())).orElse(NONE),
                other.map(each -> count(each.traces())).orElse(NONE),
                change(after.traces() - before.traces()),
                one.map(each -> count(each.spans())).orElse(NONE),
                other.map(each -> count(each.spans())).orElse(NONE),
                change(after.spans() - before.spans()),
                one.map(each -> count(each.bytes())).orElse(NONE),
                other.map(each -> count(each.bytes())).orElse(NONE),
                change(after.bytes() - before.bytes()));
    }

    private static String only(Comparison comparison, String first, String second) {
        return new TextTable(1, "traces kept", "", "")
                .row("by both", count(comparison.keptByBoth()), "")
                .row(
                        "only by " + first,
                        count(comparison.onlyFirst().traces()),
                        examples(comparison.onlyFirst()))
                .row(
                        "only by " + second,
                        count(comparison.onlySecond().traces()),
                        examples(comparison.onlySecond()))
                .toString();
    }

    private static String examples(Comparison.Only only) {
        return only.examples().stream().map(TraceId::hex).collect(Collectors.joining(" "));
    }
}
