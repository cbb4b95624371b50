package io.tailrace.operators.sampling.bk;

import com.google.protobuf.ByteString;
import com.sun.management.ThreadMXBean;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.tailrace.operators.sampling.bk.BkCondition.Join;
import io.tailrace.operators.sampling.bk.BkCondition.Method;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.semconv.Semconv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import static io.tailrace.operators.span.Requests.attribute;
import static org.assertj.core.api.Assertions.assertThat;

class SpanMatcherTest {

    private static final OneSpan SPAN =
            OneSpan.ofBkJson(
                    """
                    {"trace_id":"0AF7651916CD43DD8448EB211C80319C","span_id":"00000000000000ff",
                     "parent_span_id":"","trace_state":"vendor=1","span_name":"GET /cart","kind":2,
                     "start_time":1714564800000000,"end_time":1714564800000500,"elapsed_time":7,
                     "status":{"code":2,"message":"boom"},
                     "attributes":{"http.status_code":503,"http.target":"/cart?a=1","text":"503",
                       "retried":true,"ratio":0.5,"whole":5.0,"none":null,"empty":"",
                       "tags":["a",1,null],"peer":{"ip":"10.0.0.1"},"max":9223372036854775807},
                     "resource":{"service.name":"cart","bk_biz_id":2},
                     "events":[{"name":"retry","attributes":{"n":1}},
                       {"name":"exception","attributes":{"exception.type":"IOException"}}],
                     "links":[]}
                    """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "span_name|eq|GET /cart|true",
                "span_name|eq|GET|false",
                "span_name|eq|a;GET /cart|true",
                "span_name|neq|GET|true",
                "span_name|neq|a;GET /cart|false",
                "span_name|reg|GET .*|true",
                "span_name|reg|GET|false",
                "span_name|reg|GET;.*cart|true",
                "span_name|nreg|GET|true",
                "span_name|nreg|GET;.*cart|false",
                "span_name|gt|0|false",
                "span_name|lt|0|false",
                "elapsed_time|gt|499|true",
                "elapsed_time|gt|500|false",
                "elapsed_time|gt|499.5|true",
                "elapsed_time|gt|1;500|false",
                "elapsed_time|gte|500|true",
                "elapsed_time|gte|1;500|true",
                "elapsed_time|gte|500.5|false",
                "elapsed_time|lt|501|true",
                "elapsed_time|lt|500|false",
                "elapsed_time|lt|501;9999|true",
                "elapsed_time|lt|1;501|false",
                "elapsed_time|lte|500|true",
                "elapsed_time|lte|499;9999|false",
                "elapsed_time|eq|500|true",
                "elapsed_time|eq|7|false",
                "elapsed_time|reg|[0-9]{3}|true",
                "start_time|eq|1714564800000000|true",
                "end_time|gt|1714564800000499|true",
                "kind|eq|2|true",
                "kind|gte|3|false",
                "span_id|eq|00000000000000ff|true",
                "trace_id|eq|0af7651916cd43dd8448eb211c80319c|true",
                "trace_state|eq|vendor=1|true",
                "parent_span_id|eq|''|true",
                "parent_span_id|neq|x|true",
                "status.code|eq|2|true",
                "status.code|gt|1|true",
                "status.message|reg|bo+m|true",
                "attributes.http.status_code|gte|500|true",
                "attributes.http.status_code|eq|503|true",
                "attributes.http.status_code|reg|5..|true",
                "attributes.http.target|reg|/cart|false",
                "attributes.http.target|reg|/cart.*|true",
                "attributes.text|gt|502|true",
                "attributes.text|gt|503|false",
                "attributes.text|neq|503|false",
                "attributes.text|neq|504|true",
                "attributes.retried|eq|true|true",
                "attributes.retried|gt|0|false",
                "attributes.ratio|eq|0.5|true",
                "attributes.ratio|lt|0.6|true",
                "attributes.ratio|gt|0.5|false",
                "attributes.whole|eq|5.0|true",
                "attributes.whole|eq|5|false",
                "attributes.whole|gte|5|true",
                "attributes.empty|eq|''|true",
                "attributes.empty|gt|0|false",
                "attributes.empty|lt|0|false",
                "attributes.tags|eq|[\"a\",1,null]|true",
                "attributes.tags|gt|0|false",
                "attributes.peer|reg|.*10\\.0.*|true",
                "attributes.max|gt|9223372036854775806|true",
                "attributes.max|gt|9223372036854775807|false",
                "resource.service.name|eq|cart|true",
                "resource.bk_biz_id|eq|2|true",
                "events.name|eq|exception|true",
                "events.name|eq|other|false",
                "events.attributes.exception.type|eq|IOException|true",
                "events.attributes.n|lte|1|true",
            })
    void asksOfAField(String key, String method, String values, boolean expected) {
        assertThat(SPAN.matches(List.of(condition(Join.AND, key, method, values))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "attributes.absent",
        "attributes.none",
        "attributes.http",
        "resource.http.status_code",
        "events.attributes.absent",
        "scope.name"
    })
    void aFieldThatIsNotThereMeetsNothing(String key) {
        for (Method method : Method.values()) {
            String values =
                    switch (method) {
                        case EQ, NEQ, REG, NREG -> "x";
                        case GT, GTE, LT, LTE -> "0";
                    };
            assertThat(SPAN.matches(List.of(condition(Join.AND, key, method.name(), values))))
                    .as("%s", method)
                    .isFalse();
        }
    }

    @Test
    void readsScopesAndBytesOfOtherEncodings() {
        ExportTraceServiceRequest.Builder request =
                Requests.of(
                        Requests.span(new TraceId(1, 2), 3)
                                .addAttributes(
                                        attribute(
                                                "bytes",
                                                AnyValue.newBuilder()
                                                        .setBytesValue(ByteString.fromHex("fffe"))))
                                .build())
                        .toBuilder();
        request.getResourceSpansBuilder(0)
                .getScopeSpansBuilder(0)
                .getScopeBuilder()
                .setName("io.shop")
                .setVersion("1.2");
        OneSpan span = new OneSpan(request.build().toByteArray());

        assertThat(
                        span.matches(
                                List.of(
                                        condition(Join.AND, "scope.name", "eq", "io.shop"),
                                        condition(Join.AND, "scope.version", "reg", "1\\..*"),
                                        condition(Join.AND, "attributes.bytes", "eq", "//4="))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "T, true",
        "F, false",
        "T&T, true",
        "T&F, false",
        "F|T, true",
        "F|F, false",
        "T|F&F, true",
        "F&F|T, true",
        "F&T|T&F, false",
        "F|T&T|F, true",
        "F&T|F|T&F, false",
        "T&F|F&T|T&T, true",
    })
    void andBindsTighterThanOr(String formula, boolean expected) {
        List<BkCondition> conditions = new ArrayList<>();
        // The first one's is ignored, whatever it is.
        Join join = Join.OR;
        for (int i = 0; i < formula.length(); i++) {
            char each = formula.charAt(i);
            switch (each) {
                case '&' -> join = Join.AND;
                case '|' -> join = Join.OR;
                default -> conditions.add(condition(join, "kind", "eq", each == 'T' ? "2" : "3"));
            }
        }
        assertThat(SPAN.matches(conditions)).isEqualTo(expected);
    }

    @Test
    void noConditionsMatchNothing() {
        assertThat(SPAN.matches(List.of())).isFalse();
    }

    /** The incumbent keeps every span as soon as there is an OR. */
    @Test
    void anOrOfWhichNothingMatchesKeepsNothing() {
        List<BkCondition> conditions =
                List.of(
                        condition(Join.AND, "span_name", "eq", "nobody"),
                        condition(Join.OR, "elapsed_time", "gt", "1000000"));
        assertThat(SPAN.matches(conditions)).isFalse();
    }

    /** The incumbent parses a span for each condition, and compiles each expression each time. */
    @Test
    void nothingIsParsedOrCompiledForASpan() {
        String expression =
                IntStream.range(0, 200)
                        .mapToObj("word-%d"::formatted)
                        .reduce("x", (a, b) -> a + "|" + b);
        List<BkCondition> conditions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            conditions.add(condition(Join.OR, "span_name", "reg", expression));
            conditions.add(condition(Join.OR, "attributes.large", "eq", "no"));
            conditions.add(condition(Join.OR, "attributes.last", "gt", "9"));
        }
        OneSpan large =
                OneSpan.ofBkJson(
                        """
                        {"trace_id":"0af7651916cd43dd8448eb211c80319c",
                         "span_id":"00000000000000ff","span_name":"GET /",
                         "attributes":{"large":"%s","last":1}}
                        """
                                .formatted("x".repeat(200_000)));
        SpanMatcher compiled = new SpanMatcher(conditions, Semconv.AS_WRITTEN);
        large.matches(compiled, 1);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        boolean matched = large.matches(compiled, 1000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(matched).isFalse();
        // One reading of the span, or one compiled expression, would be more for each question.
        assertThat(allocated / 1000 / conditions.size()).isLessThan(1000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "duration|eq|1|key",
                "status|eq|1|key",
                "attributes|eq|1|key",
                "status.text|eq|1|key",
                "links.trace_id|eq|1|key",
                "events.timestamp|eq|1|key",
                "''|eq|1|key",
                "kind.x|eq|1|key",
                "kind|gt|many|value[0]",
                "kind|lte|1;;2|value[1]",
                "kind|gte|0x10|value[0]",
                "span_name|reg|a;(|value[1]",
                "span_name|nreg|(?=a)|value[0]",
            })
    void refusesMistakes(String key, String method, String values, String where) {
        List<String> problems = new ArrayList<>();
        Checked.Problems take = (path, expected) -> problems.add(path);

        condition(Join.AND, key, method, values).check(take);

        assertThat(problems).containsExactly(where);
    }

    @Test
    void takesWhatIsRight() {
        Checked.Problems none =
                (path, expected) -> {
                    throw new AssertionError(path + ": " + expected);
                };
        condition(Join.OR, "attributes.a", "gt", "1;-2.5;1e3").check(none);
        condition(Join.OR, "attributes.", "reg", ";a.*").check(none);
    }

    private static BkCondition condition(Join join, String key, String method, String values) {
        return new BkCondition(
                join,
                key,
                Method.valueOf(method.toUpperCase(Locale.ROOT)),
                Arrays.asList(values.split(";", -1)));
    }
}
