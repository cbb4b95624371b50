package io.tailrace.jobs.sink;

import io.tailrace.operators.metrics.sample.Temporality;
import io.tailrace.operators.settings.OneOf;
import io.tailrace.operators.settings.Setting;
import io.tailrace.sinks.file.FileSinkSettings;
import io.tailrace.sinks.jdbc.Database;
import io.tailrace.sinks.jdbc.metrics.MetricsJdbcSettings;
import io.tailrace.sinks.metrics.MetricsKafkaSinkSettings;
import io.tailrace.sinks.remotewrite.RemoteWriteSettings;

/** Where metrics go: one of these. */
@OneOf
public record MetricsSink(
        @Setting(value = "A folder of JSON lines, one row each", optional = true)
                FileSinkSettings file,
        @Setting(value = "A topic", optional = true) MetricsKafkaSinkSettings kafka,
        @Setting(
                        value = "The tables apm_metric_red and apm_metric_edge of PostgreSQL",
                        optional = true)
                MetricsJdbcSettings jdbc,
        @Setting(value = "A receiver of Prometheus' remote write", optional = true)
                RemoteWriteSettings prometheusRemoteWrite) {

    /** What samples it needs; null where it takes rows. */
    public Temporality samples() {
        if (prometheusRemoteWrite != null) {
            return Temporality.CUMULATIVE;
        }
        if (kafka == null) {
            return null;
        }
        return switch (kafka.encoding()) {
            case JSON -> null;
            case OTLP_PROTO -> kafka.temporality();
        };
    }

    /** The schema of its tables; null where it has none. */
    public Database database() {
        return jdbc == null ? null : new Database(jdbc.common());
    }

    /** Where rows go as JSON; of neither kind where they do not. */
    RecordsSink json() {
        return new RecordsSink(file, kafka == null ? null : kafka.common());
    }
}
