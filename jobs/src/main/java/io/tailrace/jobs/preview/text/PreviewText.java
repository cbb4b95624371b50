package io.tailrace.jobs.preview.text;

import io.tailrace.jobs.preview.Amount;
import io.tailrace.jobs.preview.Preview;
import io.tailrace.jobs.preview.Preview.PolicyShare;
import io.tailrace.jobs.preview.Preview.ServiceShare;
import io.tailrace.jobs.spec.Names;
import io.tailrace.operators.sampling.policy.Drop;
import io.tailrace.operators.sampling.policy.Policy;

import java.util.Comparator;
import java.util.function.ToLongFunction;

import static io.tailrace.jobs.preview.text.Numbers.count;
import static io.tailrace.jobs.preview.text.Numbers.percent;

/** A preview as a table. */
public final class PreviewText {

    private static final int MOST_SERVICES = 10;
    private static final String NEW_LINE = System.lineSeparator();

    private PreviewText() {}

    public static String of(Preview preview) {
        return policies(preview)
                + NEW_LINE
                + totals(preview)
                + NEW_LINE
                + services("kept", preview, ServiceShare::kept)
                + NEW_LINE
                + services("dropped", preview, ServiceShare::dropped);
    }

    private static String policies(Preview preview) {
        TextTable table =
                new TextTable(
                        2, "policy", "type", "traces", "share", "spans", "share", "bytes", "alone");
        for (PolicyShare each : preview.policies()) {
            Amount all = each.all();
            table.row(
                    each.name(),
                    type(each.policy()) + mark(each.policy()),
                    count(all.traces()),
                    percent(all.traces(), preview.read().traces()),
                    count(all.spans()),
                    percent(all.spans(), preview.read().spans()),
                    count(all.bytes()),
                    count(each.alone().traces()));
        }
        StringBuilder text = new StringBuilder(table.toString());
        if (preview.policies().stream().anyMatch(each -> each.policy().isLimiter())) {
            text.append("* a limiter: asked only where no other policy samples").append(NEW_LINE);
        }
        if (preview.policies().stream().anyMatch(each -> each.policy() instanceof Drop)) {
            text.append("- what it drops, whatever other policies say").append(NEW_LINE);
        }
        return text.toString();
    }

    /** As it is written in a spec. */
    static String type(Policy policy) {
        return Names.snakeCase(policy.getClass().getSimpleName());
    }

    private static String mark(Policy policy) {
        return policy instanceof Drop ? " -" : policy.isLimiter() ? " *" : "";
    }

    private static String totals(Preview preview) {
        Amount read = preview.read();
        TextTable table =
                new TextTable(1, "", "traces", "share", "spans", "share", "bytes", "share");
        row(table, "read", read, read);
        row(table, "kept", preview.kept(), read);
        row(table, "dropped", preview.dropped(), read);
        row(table, "not sampled", preview.notSampled(), read);
        if (preview.cut().spans() > 0) {
            row(table, "past max_kept_spans_per_trace", preview.cut(), read);
        }
        return table
                + "late spans    "
                + count(preview.lateSpans())
                + NEW_LINE
                + "dead letters  "
                + count(preview.letters())
                + (preview.deadLetters().isEmpty() ? "" : " " + preview.deadLetters())
                + NEW_LINE;
    }

    private static void row(TextTable table, String name, Amount part, Amount whole) {
        table.row(
                name,
                count(part.traces()),
                percent(part.traces(), whole.traces()),
                count(part.spans()),
                percent(part.spans(), whole.spans()),
                count(part.bytes()),
                percent(part.bytes(), whole.bytes()));
    }

    private static String services(
            String what, Preview preview, ToLongFunction<ServiceShare> spans) {
        TextTable table =
                new TextTable(1, "services with the most " + what, "spans", "share of its own");
        preview.services().stream()
                .filter(each -> spans.applyAsLong(each) > 0)
                .sorted(
                        Comparator.comparingLong(spans)
                                .reversed()
                                .thenComparing(each -> Numbers.service(each.name())))
                .limit(MOST_SERVICES)
                .forEach(
                        each ->
                                table.row(
                                        Numbers.service(each.name()),
                                        count(spans.applyAsLong(each)),
                                        percent(
                                                spans.applyAsLong(each),
                                                each.kept() + each.dropped())));
        return table.toString();
    }
}
