package io.tailrace.sinks.remotewrite;

import io.tailrace.sinks.metrics.DurationUnit;
import io.tailrace.sinks.metrics.Measure;

import java.util.Locale;

/**
 * What names become in Prometheus, after the specification of OpenTelemetry's compatibility with
 * Prometheus: other characters become underscores, totals end in {@code _total}, and durations in
 * their unit. BlueKing's names stay as they are.
 */
final class PrometheusNames {

    private static final String BLUEKING = "bk_apm_";
    private static final String TOTAL = "_total";

    private PrometheusNames() {}

    static String metric(Measure measure) {
        String name = sanitised(measure.name());
        if (name.startsWith(BLUEKING)) {
            return name;
        } else if (measure instanceof Measure.Total) {
            return name.endsWith(TOTAL) ? name : name + TOTAL;
        }
        return measure instanceof Measure.Durations durations
                ? name + '_' + word(durations.unit())
                : name;
    }

    private static String word(DurationUnit unit) {
        return unit.name().toLowerCase(Locale.ROOT);
    }

    /** A label's name: letters, digits and underscores; those that begin with two are reserved. */
    static String label(String name) {
        String sanitised = sanitised(name);
        if (sanitised.isEmpty() || Character.isDigit(sanitised.charAt(0))) {
            return "key_" + sanitised;
        }
        return sanitised.startsWith("__") ? "key" + sanitised : sanitised;
    }

    private static String sanitised(String name) {
        return name.replaceAll("[^a-zA-Z0-9_]", "_");
    }
}
