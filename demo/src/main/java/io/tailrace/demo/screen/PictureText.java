package io.tailrace.demo.screen;

import io.tailrace.demo.screen.Picture.BurstFigures;
import io.tailrace.demo.screen.Picture.Found;
import io.tailrace.demo.screen.Picture.ServiceFigures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A picture as lines of text. */
public final class PictureText {

    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final int SHOWN = 3;

    private PictureText() {}

    /** For a whole screen: some 22 lines, of 80 characters where names are short. */
    public static List<String> lines(Picture picture) {
        List<String> lines = new ArrayList<>();
        lines.add(title(picture));
        lines.add("");
        lines.addAll(body(picture));
        return lines;
    }

    /** What comes below the title. */
    public static List<String> body(Picture picture) {
        List<String> lines = new ArrayList<>();
        lines.add(
                text(
                        "Spans      %,d   %,.0f/s   %s",
                        picture.spans(), picture.spansPerSecond(), bars(picture.rates())));
        lines.add(
                text(
                        "Traces     %,d open   %,d decided   %,d kept (%s)   %,d late spans",
                        picture.open(),
                        picture.decided(),
                        picture.kept(),
                        percent(picture.kept(), picture.decided()),
                        picture.lateSpans()));
        lines.add(text("Kept by    %s   dropped %,d", counts(picture.keptBy()), picture.notKept()));
        lines.addAll(burst(picture));
        lines.add("");
        lines.addAll(services(picture));
        lines.add("");
        lines.add("Inventory  " + things(picture.things()));
        for (Found found : picture.found()) {
            lines.add(text("  %5s    %s", clock(found.at()), found.what()));
        }
        if (picture.deadLetters() > 0 || picture.restarts() > 0) {
            lines.add(
                    text(
                            "Trouble    %,d dead letters, %,d restarts of the job",
                            picture.deadLetters(), picture.restarts()));
        }
        return lines;
    }

    private static String title(Picture picture) {
        return text(
                "Tailrace demo   %s   %s",
                picture.traffic()
                        ? text(
                                "%s of %s (Ctrl-C ends it)",
                                clock(picture.elapsed()), clock(picture.length()))
                        : "no more traffic; waiting until no trace is open",
                picture.webUi());
    }

    /** For where there is no screen. */
    public static String line(Picture picture) {
        BurstFigures burst = picture.burst();
        String failing =
                picture.elapsed().compareTo(burst.from()) < 0
                        ? ""
                        : text("  burst: %,d failed, %,d kept", burst.failed(), burst.failedKept());
        return text(
                "%5s  spans %,d (%,.0f/s)  traces open %,d, kept %,d, dropped %,d%s  things %,d%s%s",
                clock(picture.elapsed()),
                picture.spans(),
                picture.spansPerSecond(),
                picture.open(),
                picture.kept(),
                picture.notKept(),
                failing,
                picture.things().values().stream().mapToLong(Long::longValue).sum(),
                picture.restarts() > 0 ? "  restarts " + picture.restarts() : "",
                picture.traffic() ? "" : "  waiting until no trace is open");
    }

    /** Says what to look out for. */
    private static List<String> burst(Picture picture) {
        BurstFigures burst = picture.burst();
        List<String> lines = new ArrayList<>();
        lines.add("");
        if (picture.elapsed().compareTo(burst.from()) < 0) {
            lines.add("Burst      none yet; payments begin to fail at " + clock(burst.from()));
            lines.add("           failed traces are kept, and few others are");
        } else {
            lines.add(
                    picture.elapsed().compareTo(burst.until()) < 0
                            ? text(
                                    "Burst      PAYMENTS FAIL since %s (until %s)",
                                    clock(burst.from()), clock(burst.until()))
                            : text(
                                    "Burst      payments failed from %s to %s",
                                    clock(burst.from()), clock(burst.until())));
            lines.add(
                    text(
                            "           of %,d failed traces %,d were kept (%s), of %,d others %s",
                            burst.failed(),
                            burst.failedKept(),
                            percent(burst.failedKept(), burst.failed()),
                            burst.others(),
                            percent(burst.othersKept(), burst.others())));
        }
        lines.add("           kept for errors, by 2 s: " + bars(burst.keptForErrors()));
        return lines;
    }

    private static List<String> services(Picture picture) {
        List<String> lines = new ArrayList<>();
        lines.add("Services   of the last 30 s             calls/s   average   95 % in    failed");
        lines.addAll(
                rows(
                        "slowest",
                        picture.services(),
                        Comparator.comparingDouble(ServiceFigures::averageMillis)));
        lines.addAll(
                rows(
                        "failing",
                        picture.services().stream().filter(each -> each.failed() > 0).toList(),
                        Comparator.comparingDouble(ServiceFigures::failed)));
        return lines;
    }

    private static List<String> rows(
            String what, List<ServiceFigures> services, Comparator<ServiceFigures> most) {
        List<ServiceFigures> first =
                services.stream().sorted(most.reversed()).limit(SHOWN).toList();
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            ServiceFigures each = first.get(i);
            rows.add(
                    text(
                            "  %-8s %-28s %8.1f %9s %9s %8.1f %%",
                            i == 0 ? what : "",
                            each.name(),
                            each.calls(),
                            millis(each.averageMillis()),
                            each.mostMillis() < 0 ? "longer" : millis(each.mostMillis()),
                            100 * each.failed()));
        }
        return rows;
    }

    private static String millis(double millis) {
        return millis < 10 ? text("%.1f ms", millis) : text("%,.0f ms", millis);
    }

    private static String counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(each -> text("%s %,d", each.getKey(), each.getValue()))
                .collect(Collectors.joining("   "));
    }

    private static String things(Map<String, Long> things) {
        return things.isEmpty()
                ? "nothing yet"
                : things.entrySet().stream()
                        .map(each -> text("%,d %s", each.getValue(), each.getKey()))
                        .collect(Collectors.joining(", "));
    }

    /** One bar for each number, in the measure of the greatest. */
    private static String bars(List<Long> numbers) {
        long most = Math.max(1, numbers.stream().mapToLong(Long::longValue).max().orElse(0));
        StringBuilder bars = new StringBuilder();
        for (long each : numbers) {
            bars.append(BARS.charAt((int) (each * (BARS.length() - 1) / most)));
        }
        return bars.toString();
    }

    private static String percent(long part, long whole) {
        return whole == 0 ? "-" : text("%.1f %%", 100.0 * part / whole);
    }

    /** Minutes and seconds. */
    public static String clock(Duration time) {
        return text("%d:%02d", time.toMinutes(), time.toSecondsPart());
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
