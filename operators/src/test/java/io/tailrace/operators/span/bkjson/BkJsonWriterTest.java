package io.tailrace.operators.span.bkjson;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import static io.tailrace.operators.span.Requests.attribute;
import static org.assertj.core.api.Assertions.assertThat;

class BkJsonWriterTest {

    private static final TraceId TRACE = TraceId.ofHex("0af7651916cd43dd8448eb211c80319c");

    @Test
    void writesTheSixteenColumns() throws Exception {
        Span span =
                Requests.child(TRACE, 255)
                        .setTraceState("vendor=1")
                        .setName("GET /")
                        .setKindValue(2)
                        .setStartTimeUnixNano(1_714_564_800_000_001_999L)
                        .setEndTimeUnixNano(1_714_564_861_000_003_000L)
                        .setStatus(Status.newBuilder().setCodeValue(2).setMessage("boom"))
                        .addAttributes(attribute("http.status_code", 200))
                        .addAttributes(attribute("ratio", AnyValue.newBuilder().setDoubleValue(5)))
                        .addAttributes(attribute("ratio", "the second"))
                        .addAttributes(attribute("none", AnyValue.newBuilder()))
                        .addEvents(
                                Span.Event.newBuilder()
                                        .setName("retry")
                                        .setTimeUnixNano(1_714_564_800_000_002_000L)
                                        .addAttributes(attribute("n", 1)))
                        .addLinks(
                                Span.Link.newBuilder()
                                        .setTraceId(Requests.span(TRACE, 1).getTraceId())
                                        .setSpanId(Requests.span(TRACE, 1).getSpanId()))
                        .setDroppedEventsCount(3)
                        .build();
        ExportTraceServiceRequest.Builder request = Requests.of(span).toBuilder();
        request.getResourceSpansBuilder(0)
                .getScopeSpansBuilder(0)
                .getScopeBuilder()
                .setName("io.shop")
                .setVersion("1.2");

        assertThat(written(request.build()))
                .isEqualTo(
                        """
                        {"datetime":"2024-05-01 20:01:01","items":[{\
                        "time":"2024-05-01 20:01:01",\
                        "span_name":"GET /",\
                        "span_id":"00000000000000ff",\
                        "kind":2,\
                        "events":[{"name":"retry","timestamp":1714564800000002,\
                        "attributes":{"n":1}}],\
                        "parent_span_id":"7fffffffffffffff",\
                        "end_time":1714564861000003,\
                        "links":[{"trace_id":"0af7651916cd43dd8448eb211c80319c",\
                        "span_id":"0000000000000001","trace_state":"","attributes":{}}],\
                        "trace_id":"0af7651916cd43dd8448eb211c80319c",\
                        "elapsed_time":61000002,\
                        "status":{"code":2,"message":"boom"},\
                        "attributes":{"http.status_code":200,"ratio":5.0,"none":null,\
                        "otel.scope.name":"io.shop","otel.scope.version":"1.2",\
                        "otel.dropped_events_count":3},\
                        "start_time":1714564800000001,\
                        "trace_state":"vendor=1",\
                        "resource":{"service.name":"shop"},\
                        "datatime":"2024-05-01 20:01:01"}]}""");
    }

    @Test
    void writesALeastSpanWithAllColumns() throws Exception {
        assertThat(written(Requests.of(Requests.span(TRACE, 1).build())))
                .isEqualTo(
                        """
                        {"datetime":"1970-01-01 08:00:00","items":[{\
                        "time":"1970-01-01 08:00:00","span_name":"","span_id":"0000000000000001",\
                        "kind":0,"events":[],"parent_span_id":"","end_time":0,"links":[],\
                        "trace_id":"0af7651916cd43dd8448eb211c80319c","elapsed_time":0,\
                        "status":{"code":0,"message":""},"attributes":{},"start_time":0,\
                        "trace_state":"","resource":{"service.name":"shop"},\
                        "datatime":"1970-01-01 08:00:00"}]}""");
    }

    /** The incumbent gives released spans the time of the span that released them. */
    @Test
    void eachSpanCarriesItsOwnTime() throws Exception {
        Span early = Requests.span(TRACE, 1).setEndTimeUnixNano(1_714_564_800_000_000_000L).build();
        Span late = Requests.span(TRACE, 2).setEndTimeUnixNano(1_714_564_899_999_999_999L).build();
        Span endless =
                Requests.span(TRACE, 3).setStartTimeUnixNano(1_714_564_805_000_000_000L).build();

        assertThat(written(Requests.of(early, late, endless)))
                .startsWith("{\"datetime\":\"2024-05-01 20:01:39\",")
                .containsSubsequence(
                        "\"time\":\"2024-05-01 20:00:00\"",
                        "\"datatime\":\"2024-05-01 20:00:00\"",
                        "\"time\":\"2024-05-01 20:01:39\"",
                        "\"datatime\":\"2024-05-01 20:01:39\"",
                        "\"time\":\"2024-05-01 20:00:05\"",
                        "\"datatime\":\"2024-05-01 20:00:05\"");
    }

    @Test
    void aSpanThatEndsBeforeItStartsTookNoTime() throws Exception {
        Span backwards =
                Requests.span(TRACE, 1).setStartTimeUnixNano(9000).setEndTimeUnixNano(8000).build();

        assertThat(written(Requests.of(backwards))).contains("\"elapsed_time\":0,");
    }

    private static String written(ExportTraceServiceRequest request) throws IOException {
        return new String(new BkJsonWriter().write(request.toByteArray()), StandardCharsets.UTF_8);
    }
}
