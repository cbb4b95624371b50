package io.tailrace.jobs.cli.live;

import java.util.Locale;

/** The lines at the end of a run: a name and what there is to say of it. */
final class SummaryText {

    private final StringBuilder text = new StringBuilder();

    void line(String name, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "  %-13s", name))
                .append(String.format(Locale.ROOT, format, values))
                .append(System.lineSeparator());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
