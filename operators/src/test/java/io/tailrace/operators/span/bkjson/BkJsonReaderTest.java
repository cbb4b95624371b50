package io.tailrace.operators.span.bkjson;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.operators.input.DeadLetter.Reason;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static io.tailrace.operators.span.Requests.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

class BkJsonReaderTest {

    private static final TraceId TRACE = TraceId.ofHex("0af7651916cd43dd8448eb211c80319c");
    private static final String IDS =
            "\"trace_id\":\"0AF7651916cd43dd8448eb211c80319c\",\"span_id\":\"00000000000000fF\"";
    private static final String SPAN =
            """
            {"elapsed_time":1500,"attributes":{"http.method":"GET","http.status_code":200,
             "retried":false,"ratio":0.5,"whole":5.0,"none":null,"tags":["a",1,null],
             "peer":{"ip":"10.0.0.1","ports":[80]},"huge":36893488147419103232},
             %s,"parent_span_id":"00000000000000fe","trace_state":"vendor=1",
             "span_name":"GET /","kind":2,"start_time":1714564800000001,
             "end_time":1714564800001501,"status":{"code":2,"message":"boom"},
             "events":[{"name":"retry","timestamp":1714564800000002,"attributes":{"n":1}}],
             "links":[{"trace_id":"0af7651916cd43dd8448eb211c80319c",
               "span_id":"0000000000000001","trace_state":"x=1","attributes":{"why":"batch"}}],
             "resource":{"service.name":"shop","bk_biz_id":2}}
            """
                    .formatted(IDS);

    private final List<Reason> reasons = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();

    @Test
    void readsEveryFieldOfASpan() throws Exception {
        Span span =
                Requests.span(TRACE, 255)
                        .setParentSpanId(Requests.span(TRACE, 254).getSpanId())
                        .setTraceState("vendor=1")
                        .setName("GET /")
                        .setKindValue(2)
                        .setStartTimeUnixNano(1_714_564_800_000_001_000L)
                        .setEndTimeUnixNano(1_714_564_800_001_501_000L)
                        .setStatus(Status.newBuilder().setCodeValue(2).setMessage("boom"))
                        .addAttributes(attribute("http.method", "GET"))
                        .addAttributes(attribute("http.status_code", 200))
                        .addAttributes(
                                attribute("retried", AnyValue.newBuilder().setBoolValue(false)))
                        .addAttributes(
                                attribute("ratio", AnyValue.newBuilder().setDoubleValue(0.5)))
                        .addAttributes(attribute("whole", AnyValue.newBuilder().setDoubleValue(5)))
                        .addAttributes(attribute("none", AnyValue.newBuilder()))
                        .addAttributes(
                                attribute(
                                        "tags",
                                        AnyValue.newBuilder()
                                                .setArrayValue(
                                                        ArrayValue.newBuilder()
                                                                .addValues(text("a"))
                                                                .addValues(number(1))
                                                                .addValues(AnyValue.newBuilder()))))
                        .addAttributes(
                                attribute(
                                        "peer",
                                        AnyValue.newBuilder()
                                                .setKvlistValue(
                                                        KeyValueList.newBuilder()
                                                                .addValues(
                                                                        attribute("ip", "10.0.0.1"))
                                                                .addValues(
                                                                        attribute(
                                                                                "ports",
                                                                                ports())))))
                        .addAttributes(
                                attribute("huge", AnyValue.newBuilder().setDoubleValue(0x1p65)))
                        .addEvents(
                                Span.Event.newBuilder()
                                        .setName("retry")
                                        .setTimeUnixNano(1_714_564_800_000_002_000L)
                                        .addAttributes(attribute("n", 1)))
                        .addLinks(
                                Span.Link.newBuilder()
                                        .setTraceId(Requests.span(TRACE, 1).getTraceId())
                                        .setSpanId(Requests.span(TRACE, 1).getSpanId())
                                        .setTraceState("x=1")
                                        .addAttributes(attribute("why", "batch")))
                        .build();
        ExportTraceServiceRequest.Builder expected = Requests.of(span).toBuilder();
        expected.getResourceSpansBuilder(0)
                .getResourceBuilder()
                .addAttributes(attribute("bk_biz_id", 2));

        assertThat(read("{\"dataid\":1,\"datetime\":\"x\",\"items\":[" + SPAN + "]}"))
                .isEqualTo(expected.build());
        assertThat(read(SPAN)).as("without an envelope").isEqualTo(expected.build());
        assertThat(reasons).isEmpty();
    }

    @Test
    void readsTheLeastOfASpan() throws Exception {
        String nulls = ",\"parent_span_id\":\"\",\"status\":{},\"events\":null,\"resource\":{}}";
        Span least = Requests.span(TRACE, 255).build();
        ResourceSpans.Builder alone = ResourceSpans.newBuilder();
        alone.addScopeSpansBuilder().addSpans(least);

        assertThat(read("{\"items\":[{" + IDS + nulls + "]}").getResourceSpansList())
                .containsExactly(alone.build());
    }

    @Test
    void neighboursOfOneResourceShareIt() throws Exception {
        String one = "{" + IDS + ",\"resource\":{\"service.name\":\"a\"}}";
        String other = "{\"resource\":{\"service.name\":\"b\"}," + IDS + "}";

        ExportTraceServiceRequest request =
                read("{\"items\":[%s,%s,%s,%s]}".formatted(one, one, other, one));

        assertThat(request.getResourceSpansList())
                .extracting(each -> each.getScopeSpans(0).getSpansCount())
                .containsExactly(2, 1, 1);
    }

    @Test
    void fieldsThatNobodyKnowsBecomeAttributes() throws Exception {
        Span span =
                onlySpan(
                        "{"
                                + IDS
                                + ",\"bk_app_code\":\"shop\",\"elapsed_time\":\"soon\",\"time\":[],"
                                + "\"datatime\":1,\"extra\":null,\"events\":[{\"level\":3}]}");

        assertThat(span.getAttributesList()).containsExactly(attribute("bk_app_code", "shop"));
        assertThat(span.getEvents(0).getAttributesList()).containsExactly(attribute("level", 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1714564800000001", "\"1714564800000001\"", "1714564800000001.0"})
    void numbersMayBeTexts(String number) throws Exception {
        Span span = onlySpan("{%s,\"end_time\":%s,\"kind\":\"3\"}".formatted(IDS, number));

        assertThat(span.getEndTimeUnixNano()).isEqualTo(1_714_564_800_000_001_000L);
        assertThat(span.getKindValue()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|UNEXPECTED_VALUE",
                "null|UNEXPECTED_VALUE",
                "'[]'|UNEXPECTED_VALUE",
                "'\"text\"'|UNEXPECTED_VALUE",
                "{}|INVALID_TRACE_ID",
                "{\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\"}|INVALID_SPAN_ID",
                "{\"trace_id\":\"00000000000000000000000000000000\"}|ZERO_TRACE_ID",
                "{\"trace_id\":\"0af7651916cd43dd8448eb211c8031\"}|INVALID_TRACE_ID",
                "{\"trace_id\":\"0af7651916cd43dd8448eb211c80319g\"}|INVALID_TRACE_ID",
                "{\"trace_id\":7}|UNEXPECTED_VALUE",
                "{\"span_id\":\"0000000000000000\"}|ZERO_SPAN_ID",
                "{\"span_id\":\"1\"}|INVALID_SPAN_ID",
                "{\"parent_span_id\":\"1\"}|INVALID_PARENT_SPAN_ID",
                "{\"links\":[{\"span_id\":\"1\"}]}|INVALID_LINK_ID",
                "{\"start_time\":-1}|UNEXPECTED_VALUE",
                "{\"start_time\":0.5}|UNEXPECTED_VALUE",
                "{\"end_time\":18446744073709552}|UNEXPECTED_VALUE",
                "{\"kind\":\"server\"}|UNEXPECTED_VALUE",
                "{\"status\":2}|UNEXPECTED_VALUE",
                "{\"attributes\":[]}|UNEXPECTED_VALUE",
                "{\"attributes\":{\"n\":1e999}}|UNEXPECTED_VALUE",
                "{\"resource\":\"shop\"}|UNEXPECTED_VALUE",
                "{\"events\":{}}|UNEXPECTED_VALUE",
            })
    void rejectsAnItemThatIsNoSpanAndGoesOn(String item, Reason reason) throws Exception {
        String record = "{\"items\":[{%s,\"kind\":1}, %s ,{%s,\"kind\":2}]}";

        ExportTraceServiceRequest request = read(record.formatted(IDS, item, IDS));

        assertThat(request.getResourceSpans(0).getScopeSpans(0).getSpansList())
                .extracting(Span::getKindValue)
                .containsExactly(1, 2);
        assertThat(reasons).containsExactly(reason);
        assertThat(rejected).containsExactly(item);
    }

    @Test
    void rejectsWhatIsNestedTooDeep() throws Exception {
        String deep = "{%s,\"attributes\":{\"a\":%s1%s}}";
        String depth40 = deep.formatted(IDS, "[".repeat(40), "]".repeat(40));
        String depth60 = deep.formatted(IDS, "[".repeat(60), "]".repeat(60));

        assertThat(read("{\"items\":[" + depth40 + "]}").getResourceSpansCount()).isOne();
        assertThat(read("{\"items\":[" + depth60 + "]}").getResourceSpansCount()).isZero();
        assertThat(reasons).containsExactly(Reason.UNEXPECTED_VALUE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no json|MALFORMED_JSON",
                "''|MALFORMED_JSON",
                "[]|MALFORMED_JSON",
                "{\"items\":[]}{}|MALFORMED_JSON",
                "{\"items\":{}}|UNEXPECTED_VALUE",
                "{\"items\":{\"a\":}}|MALFORMED_JSON",
                "{}|INVALID_TRACE_ID",
                "{\"dataid\":1}|INVALID_TRACE_ID",
                "{\"trace_id\":7}|UNEXPECTED_VALUE",
                "{\"trace_id\":7,]}|MALFORMED_JSON",
            })
    void refusesARecordThatIsNone(String record, Reason reason) {
        assertThatThrownBy(() -> read(record))
                .asInstanceOf(type(UnreadableException.class))
                .extracting(UnreadableException::reason)
                .isEqualTo(reason);
        assertThat(reasons).isEmpty();
    }

    @Test
    void saysWhatWasExpectedAndWhere() {
        assertThatThrownBy(() -> read("{\"kind\":\"server\"}"))
                .hasMessage("kind at byte 8: expected a whole number from -2^31 to 2^31 - 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"items\":[]}", "{\"items\":null,\"dataid\":1}"})
    void takesARecordWithoutSpans(String record) throws Exception {
        assertThat(read(record)).isEqualTo(ExportTraceServiceRequest.getDefaultInstance());
    }

    private Span onlySpan(String item) throws Exception {
        return read("{\"items\":[" + item + "]}").getResourceSpans(0).getScopeSpans(0).getSpans(0);
    }

    private ExportTraceServiceRequest read(String record) throws Exception {
        byte[] otlp =
                new BkJsonReader()
                        .read(
                                record.getBytes(StandardCharsets.UTF_8),
                                (reason, error, bytes, from, to) -> {
                                    reasons.add(reason);
                                    rejected.add(
                                            new String(
                                                    bytes,
                                                    from,
                                                    to - from,
                                                    StandardCharsets.UTF_8));
                                });
        return ExportTraceServiceRequest.parseFrom(otlp);
    }

    private static AnyValue.Builder ports() {
        return AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(number(80)));
    }

    private static AnyValue text(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }

    private static AnyValue number(long number) {
        return AnyValue.newBuilder().setIntValue(number).build();
    }
}
