package io.tailrace.demo;

import io.tailrace.plain.MetricRows;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a comparison of metrics must not overlook. */
class MetricRowsTest {

    private static final String SPANS =
            """
            {"time_ms":0,"series_id":%d,"revision":%d,"biz_id":1,"app_name":"shop",
             "dimensions":{"service_name":"cart"},"count":%d,"error_count":0,"sum_duration_us":9,
             "satisfied_count":0,"tolerating_count":0,"frustrated_count":0,"call_count":0,
             "request_count":1,"max_duration_us":9,"min_duration_us":9,"buckets":[1],"exemplars":[]}
            """;

    private static final String EDGE =
            """
            {"time_ms":0,"series_id":%d,"revision":0,"dimensions":{"client":"a","server":"b"},
             "count":1,"error_count":0,"server_count":1,"client_count":1,
             "sum_duration_us":9,"max_duration_us":9,"min_duration_us":9,"buckets":[1],
             "client_sum_duration_us":9,"client_max_duration_us":9,"client_min_duration_us":9,
             "client_buckets":[1]}
            """;

    @Test
    void twoSeriesOfOneKeyAreNotOne() throws IOException {
        MetricRows rows =
                new MetricRows(
                        List.of(
                                SPANS.formatted(1, 0, 1),
                                SPANS.formatted(2, 0, 1),
                                EDGE.formatted(3),
                                EDGE.formatted(4)));

        assertThat(rows.saidOfSpans().values()).singleElement().asString().contains("key twice");
        assertThat(rows.saidOfEdges().values()).singleElement().asString().contains("key twice");
    }

    @Test
    void revisionsOfOneSeriesAre() throws IOException {
        MetricRows rows =
                new MetricRows(List.of(SPANS.formatted(1, 0, 1), SPANS.formatted(1, 1, 2)));

        assertThat(rows.saidOfSpans().values())
                .singleElement()
                .satisfies(said -> assertThat(said.get("count")).isEqualTo(2L));
    }
}
