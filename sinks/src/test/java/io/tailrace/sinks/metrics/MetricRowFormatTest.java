package io.tailrace.sinks.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.operators.metrics.DurationTotals;
import io.tailrace.operators.metrics.Exemplar;
import io.tailrace.operators.metrics.ExplicitHistogram;
import io.tailrace.operators.metrics.ExponentialHistogram;
import io.tailrace.operators.metrics.MetricRow;
import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesKind;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.operators.metrics.SeriesTotals.Apdex;
import io.tailrace.sinks.message.Message;
import io.tailrace.sinks.message.RecordsToMessages;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** What a reader finds in a line of metrics. */
class MetricRowFormatTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode read(MetricRow row) throws Exception {
        return JSON.readTree(new MetricRowFormat().toBytes(row));
    }

    @Test
    void saysOfSpansWhatTheyComeTo() throws Exception {
        SeriesTotals totals =
                new SeriesTotals(
                        new DurationTotals(new ExplicitHistogram(2_000, 10_000, 400_000)), null);
        totals.add(3, false, Apdex.SATISFIED, true, false);
        totals.durations().add(1_500, 3);
        totals.add(1, true, Apdex.FRUSTRATED, true, false);
        totals.durations().add(500_000, 1);
        totals.add(1, false, Apdex.TOLERATING, true, false);
        totals.durations().add(10_000, 1);
        totals.exemplar(new Exemplar(1, 2, 3, 10_000, 1_700_000_001_000L), false);
        totals.exemplar(new Exemplar(4, 5, 6, 500_000, 1_700_000_002_000L), true);
        Series series = RandomMetrics.spans("cart", "GET /cart");

        Message message =
                RecordsToMessages.metrics()
                        .map(new MetricRow(series, 1_700_000_000_000L, 2, 1, totals, totals));

        assertThat(new String(message.key(), StandardCharsets.US_ASCII))
                .isEqualTo(series.id().hex());
        assertThat(JSON.readTree(message.value()))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"time_ms":1700000000000,"series_id":"%s","biz_id":2,"app_name":"shop",
                                 "dimensions":{"service.name":"cart","span.kind":"SPAN_KIND_SERVER",
                                    "span.name":"GET /cart","status.code":"STATUS_CODE_UNSET"},
                                 "count":5,"error_count":1,
                                 "sum_duration_us":514500,"max_duration_us":500000,"min_duration_us":1500,
                                 "avg_duration_us":102900.0,
                                 "bucket_bounds":[2000,10000,400000],"buckets":[3,1,0,1],
                                 "satisfied_count":3,"tolerating_count":1,"frustrated_count":1,
                                 "call_count":5,"request_count":0,"error_rate":0.2,"apdex":0.7,
                                 "exemplars":[{"trace_id":"00000000000000040000000000000005",
                                    "span_id":"0000000000000006","duration_us":500000,
                                    "end_ms":1700000002000,"error":true}],
                                 "revision":2}
                                """
                                        .formatted(series.id().hex())));
    }

    @Test
    void dividesByNothingIntoNull() throws Exception {
        for (SeriesKind kind : List.of(SeriesKind.SPANS, SeriesKind.EDGES)) {
            Series series =
                    kind == SeriesKind.SPANS
                            ? RandomMetrics.spans("cart", "GET /cart")
                            : RandomMetrics.edge("cart", "db");
            SeriesTotals nothing = new RandomMetrics(1, false).totals(kind, 0);
            JsonNode json = read(new MetricRow(series, 0, 0, 0, nothing, nothing));
            assertThat(json.get("avg_duration_us").isNull()).isTrue();
            assertThat(json.get("error_rate").isNull()).isTrue();
            assertThat(json.get("apdex").isNull()).isTrue();
            assertThat(json.get("exemplars")).isEmpty();
        }
    }

    /** Whoever adds up the counts of rows wants no events among spans. */
    @Test
    void countsEventsUnderAnotherName() throws Exception {
        MetricRow row =
                new RandomMetrics(7, false).row(RandomMetrics.events("cart", "Timeout"), 60, 0);

        JsonNode json = read(row);

        assertThat(json.get("event_count").asLong()).isEqualTo(row.totals().count()).isPositive();
        assertThat(json.at("/dimensions/exception.type").asText()).isEqualTo("Timeout");
        assertThat(json.has("count")).isFalse();
        assertThat(json.has("sum_duration_us")).isFalse();
    }

    @Test
    void namesEventsAsTheNamingDoes() {
        MetricSample sample =
                new RandomMetrics(7, false)
                        .sample(RandomMetrics.events("cart", "Timeout"), 0, 60_000);

        assertThat(MetricNaming.OTEL.measures(sample))
                .containsExactly(
                        new Measure.Total("traces.span.metrics.events", sample.totals().count()));
        assertThat(MetricNaming.BK.measures(sample))
                .containsExactly(new Measure.Total("bk_apm_event_count", sample.totals().count()));
    }

    @Test
    void tellsBothSidesOfAnEdge() throws Exception {
        for (boolean exponential : new boolean[] {false, true}) {
            MetricRow row =
                    new RandomMetrics(7, exponential).row(RandomMetrics.edge("web", "cart"), 60, 0);
            JsonNode json = read(row);
            assertThat(json.at("/dimensions/client").asText()).isEqualTo("web");
            assertThat(json.at("/dimensions/server").asText()).isEqualTo("cart");
            assertThat(json.at("/dimensions/connection_type").asText())
                    .isEqualTo("messaging_system");
            assertThat(json.at("/dimensions").has("span_name")).isFalse();
            assertThat(json.get("server_count").asLong())
                    .isEqualTo(row.totals().durations().count());
            assertThat(json.get("client_count").asLong())
                    .isEqualTo(row.totals().clientDurations().count())
                    .isLessThan(json.get("count").asLong());
            assertThat(sum(json, "")).isEqualTo(json.get("server_count").asLong());
            assertThat(sum(json, "client_")).isEqualTo(json.get("client_count").asLong());
        }
    }

    /** All that a reader finds in the buckets of a histogram. */
    private static long sum(JsonNode json, String prefix) {
        boolean exponential = !json.has(prefix + "bucket_bounds");
        LongStream buckets =
                StreamSupport.stream(json.get(prefix + "buckets").spliterator(), false)
                        .mapToLong(JsonNode::asLong);
        return buckets.sum() + (exponential ? json.get(prefix + "zero_count").asLong() : 0);
    }

    /** Buckets as a reader of OpenTelemetry's data model cuts them hold what was put in. */
    @Test
    void givesTheBoundsOfExponentialBuckets() throws Exception {
        DurationTotals durations = new DurationTotals(new ExponentialHistogram(160));
        SeriesTotals totals = new SeriesTotals(durations, null);
        for (long micros : new long[] {0, 3, 700, 1_000_000}) {
            totals.add(1, false, Apdex.NONE, false, false);
            durations.add(micros, 1);
        }
        JsonNode json = read(new MetricRow(RandomMetrics.spans("a", "b"), 0, 0, 0, totals, totals));

        assertThat(json.get("zero_count").asLong()).isEqualTo(1);
        double base = Math.pow(2, Math.pow(2, -json.get("bucket_scale").asInt()));
        for (long micros : new long[] {3, 700, 1_000_000}) {
            int index = (int) Math.ceil(Math.log((double) micros) / Math.log(base)) - 1;
            assertThat(json.get("buckets").get(index - json.get("bucket_offset").asInt()).asLong())
                    .as("bucket of %d", micros)
                    .isEqualTo(1);
        }
    }
}
