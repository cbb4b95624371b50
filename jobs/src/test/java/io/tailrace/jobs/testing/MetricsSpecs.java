package io.tailrace.jobs.testing;

import io.tailrace.plain.MetricRows;
import io.tailrace.plain.PlainMetrics;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** Virtual metrics as tests set them, and what is to come of them. */
public final class MetricsSpecs {

    /** The rules of apdex are those that {@link PlainMetrics} knows. */
    public static final String SETTINGS =
            """
            virtual_metrics:
              window: 10s
              wait: 2s
              allowed_lateness: 20s
              apdex:
                - { kind: server, attribute: http.method, threshold_ms: 100 }
                - { attribute: db.system, threshold_ms: 10 }
              service_graph: { pairing_wait: 3s }
            """;

    private MetricsSpecs() {}

    /** What a job of {@link #SETTINGS} must make of traffic. */
    public static PlainMetrics plain(Traffic traffic) {
        return new PlainMetrics(
                traffic.requests(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                Duration.ofSeconds(3));
    }

    /** Of a folder's finished files. */
    public static MetricRows rows(Path folder) throws IOException {
        return new MetricRows(FileSinks.lines(folder));
    }

    public static void assertSame(MetricRows rows, PlainMetrics plain) {
        assertThat(plain.differences(rows)).isEmpty();
    }
}
