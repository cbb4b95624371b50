package io.tailrace.jobs.virtualmetrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.jobs.cli.live.MetricsFigures;
import io.tailrace.jobs.testing.JobRun;
import io.tailrace.jobs.testing.MetricsSpecs;
import io.tailrace.jobs.testing.SamplingSpecs;
import io.tailrace.jobs.testing.Traffic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** A dimension whose values never end takes no more than it may, and hides no span. */
final class LimitsTest {

    private static final long START = 1_700_000_000_000L;
    private static final int REQUESTS = 400;
    private static final int SPANS = 50;
    private static final int MOST_SERIES = 200;
    private static final int MOST_VALUES = 100;

    @TempDir private Path folder;

    @Test
    void namesWithoutEndStayWithinLimitsAndTotalsExact() throws Exception {
        Path file = folder.resolve("spans.bin");
        Traffic traffic = traffic();
        traffic.writeTo(file);
        Path rows = folder.resolve("rows");
        String spec =
                """
                kind: virtual-metrics
                name: limits
                source: { %s }
                virtual_metrics:
                  window: 10s
                  wait: 0s
                  limits: { max_series: %d, max_values: %d }
                sinks: { metrics: [ { file: { path: "%s" } } ] }
                """
                        .formatted(
                                SamplingSpecs.file(file, "otlp_proto"),
                                MOST_SERIES,
                                MOST_VALUES,
                                rows);

        MetricsFigures figures;
        try (JobRun run = JobRun.start(spec, folder, 2)) {
            run.end();
            figures = MetricsFigures.of(run.metrics());
        }

        List<JsonNode> written = MetricsSpecs.rows(rows).ofSpans();
        Set<String> series = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (JsonNode row : written) {
            series.add(row.get("series_id").asText());
            names.add(row.get("dimensions").get("span_name").asText());
        }
        assertThat(names).hasSize(MOST_VALUES + 1).contains("__overflow__");
        assertThat(series).hasSizeLessThanOrEqualTo(MOST_SERIES + MOST_SERIES / 8 + 1);
        assertThat(figures.series()).isLessThanOrEqualTo(MOST_SERIES + MOST_SERIES / 8 + 1);
        assertThat(figures.overflowed()).containsOnlyKeys("span_name");
        assertThat(figures.overflowed().get("span_name")).isEqualTo(REQUESTS * SPANS - MOST_VALUES);
        assertThat(sum(written, "count")).isEqualTo(REQUESTS * SPANS);
        assertThat(sum(written, "error_count")).isEqualTo(REQUESTS * SPANS / 5);
        assertThat(sum(written, "sum_duration_us")).isEqualTo(sumOfDurations(traffic));
    }

    private static long sum(List<JsonNode> rows, String name) {
        return rows.stream().mapToLong(row -> row.get(name).asLong()).sum();
    }

    private static long sumOfDurations(Traffic traffic) {
        return traffic.requests().stream()
                .flatMap(
                        each ->
                                each
                                        .otlp()
                                        .getResourceSpans(0)
                                        .getScopeSpans(0)
                                        .getSpansList()
                                        .stream())
                .mapToLong(span -> (span.getEndTimeUnixNano() - span.getStartTimeUnixNano()) / 1000)
                .sum();
    }

    /** Each span is named as its trace. */
    private static Traffic traffic() {
        List<ExportTraceServiceRequest> requests = new ArrayList<>();
        long id = 1;
        for (int i = 0; i < REQUESTS; i++) {
            ScopeSpans.Builder spans = ScopeSpans.newBuilder();
            for (int k = 0; k < SPANS; k++) {
                long end = (START + i * 100L) * 1_000_000;
                Span.Builder span =
                        Span.newBuilder()
                                .setTraceId(id(16, id))
                                .setSpanId(id(8, id))
                                .setName("trace " + id)
                                .setKindValue(1)
                                .setStartTimeUnixNano(end - id * 1000)
                                .setEndTimeUnixNano(end);
                span.getStatusBuilder().setCodeValue(id % 5 == 0 ? 2 : 0);
                spans.addSpans(span);
                id++;
            }
            requests.add(
                    ExportTraceServiceRequest.newBuilder()
                            .addResourceSpans(
                                    ResourceSpans.newBuilder()
                                            .setResource(SHOP)
                                            .addScopeSpans(spans))
                            .build());
        }
        return Traffic.of(requests);
    }

    private static final Resource SHOP =
            Resource.newBuilder()
                    .addAttributes(
                            KeyValue.newBuilder()
                                    .setKey("service.name")
                                    .setValue(AnyValue.newBuilder().setStringValue("shop")))
                    .build();

    private static ByteString id(int bytes, long number) {
        ByteBuffer id = ByteBuffer.allocate(bytes);
        id.putLong(bytes - 8, number);
        return ByteString.copyFrom(id);
    }
}
