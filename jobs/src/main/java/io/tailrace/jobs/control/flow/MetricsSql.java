package io.tailrace.jobs.control.flow;

import java.util.ArrayList;
import java.util.List;

/** SQL over spans, as the platform's realtime nodes take it. Kinds and status codes are OTLP's. */
final class MetricsSql {

    private static final List<String> MEASURES =
            List.of(
                    "COUNT(*) AS bk_apm_count",
                    "SUM(bk_apm_duration) AS bk_apm_sum_duration",
                    "MAX(bk_apm_duration) AS bk_apm_max_duration",
                    counted("status_code = '2'", "bk_apm_error_count"),
                    counted("apdex_type = 'satisfied'", "bk_apm_satisfied_count"),
                    counted("apdex_type = 'tolerating'", "bk_apm_tolerating_count"),
                    counted("apdex_type = 'frustrated'", "bk_apm_frustrated_count"),
                    counted("kind IN ('2', '4')", "bk_apm_call_count"),
                    counted("kind IN ('3', '5')", "bk_apm_request_count"));

    private MetricsSql() {}

    private static String counted(String condition, String name) {
        return "SUM(CASE WHEN " + condition + " THEN 1 ELSE 0 END) AS " + name;
    }

    /** A row for each window and values of the dimensions. */
    static String totals(List<String> dimensions, String table) {
        List<String> columns = new ArrayList<>(dimensions);
        columns.addAll(MEASURES);
        return "SELECT\n    "
                + String.join(",\n    ", columns)
                + "\nFROM "
                + table
                + "\nGROUP BY\n    "
                + String.join(",\n    ", dimensions);
    }

    /** The same rows, with what follows from their totals. */
    static String averages(String totals) {
        return """
                SELECT *,
                    CAST(bk_apm_sum_duration AS DOUBLE) / bk_apm_count AS bk_apm_avg_duration,
                    CAST(bk_apm_error_count AS DOUBLE) / bk_apm_count AS bk_apm_error_rate,
                    (bk_apm_satisfied_count + CAST(bk_apm_tolerating_count AS DOUBLE) / 2) / bk_apm_count AS bk_apm_apdex
                FROM\
                """
                + ' '
                + totals;
    }
}
