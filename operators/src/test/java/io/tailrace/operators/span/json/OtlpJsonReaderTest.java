package io.tailrace.operators.span.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.input.DeadLetter.Reason;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.span.RandomRequests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OtlpJsonReaderTest {

    private static final String IDS =
            "\"traceId\":\"0123456789abcdef0123456789ABCDEF\",\"spanId\":\"0123456789abcdef\"";

    private final OtlpJsonReader reader = new OtlpJsonReader();
    private final Rejections rejections = new Rejections();

    /** Single quotes stand for double ones, and IDS for valid ids. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            textBlock =
                    """
                    INVALID_TRACE_ID | {'traceId':'0123','spanId':'0123456789abcdef'}
                    INVALID_TRACE_ID | {'traceId':'0123456789abcdef0123456789abcdeg','spanId':'x'}
                    INVALID_TRACE_ID | {'traceId':'0123456789abcdef0123456789abcde１','spanId':'x'}
                    INVALID_TRACE_ID | {'spanId':'0123456789abcdef'}
                    INVALID_TRACE_ID | {'traceId':'','spanId':'0123456789abcdef'}
                    INVALID_TRACE_ID | {'traceId':null,'spanId':'0123456789abcdef','a':{'b':[]}}
                    INVALID_TRACE_ID | {}
                    INVALID_SPAN_ID | {'traceId':'0123456789abcdef0123456789abcdef'}
                    INVALID_SPAN_ID | {IDS,'spanId':'0123456789abcdef00'}
                    INVALID_SPAN_ID | {IDS,'spanId':'0123456789abcde ','traceId':'x'}
                    INVALID_PARENT_SPAN_ID | {IDS,'parentSpanId':'0123456789abcde','links':[{}]}
                    INVALID_PARENT_SPAN_ID | {IDS,'parentSpanId':'--------------ab'}
                    INVALID_LINK_ID | {IDS,'links':[{},{'traceId':'01'}],'name':'behind'}
                    INVALID_LINK_ID | {IDS,'links':[{'spanId':'01','attributes':[{'key':'a'}]}]}
                    UNEXPECTED_VALUE | {'traceId':5,'spanId':'0123456789abcdef'}
                    UNEXPECTED_VALUE | {IDS,'name':5}
                    UNEXPECTED_VALUE | {IDS,'name':{'a':[{}]},'b':{}}
                    UNEXPECTED_VALUE | {IDS,'name':['}]']}
                    UNEXPECTED_VALUE | {IDS,'kind':'SPAN_KIND_SERVANT'}
                    UNEXPECTED_VALUE | {IDS,'kind':2147483648}
                    UNEXPECTED_VALUE | {IDS,'kind':true}
                    UNEXPECTED_VALUE | {IDS,'status':{'code':'ERROR'}}
                    UNEXPECTED_VALUE | {IDS,'status':[]}
                    UNEXPECTED_VALUE | {IDS,'startTimeUnixNano':-1}
                    UNEXPECTED_VALUE | {IDS,'startTimeUnixNano':'18446744073709551616'}
                    UNEXPECTED_VALUE | {IDS,'startTimeUnixNano':1.5}
                    UNEXPECTED_VALUE | {IDS,'startTimeUnixNano':1e999999999999}
                    UNEXPECTED_VALUE | {IDS,'startTimeUnixNano':1e-1}
                    UNEXPECTED_VALUE | {IDS,'startTimeUnixNano':'noon'}
                    UNEXPECTED_VALUE | {IDS,'startTimeUnixNano':''}
                    UNEXPECTED_VALUE | {IDS,'startTimeUnixNano':' 1'}
                    UNEXPECTED_VALUE | {IDS,'startTimeUnixNano':'1.'}
                    UNEXPECTED_VALUE | {IDS,'startTimeUnixNano':'1e'}
                    UNEXPECTED_VALUE | {IDS,'startTimeUnixNano':'0x10'}
                    UNEXPECTED_VALUE | {IDS,'flags':4294967296}
                    UNEXPECTED_VALUE | {IDS,'droppedLinksCount':4294967296}
                    UNEXPECTED_VALUE | {IDS,'events':{}}
                    UNEXPECTED_VALUE | {IDS,'events':[{'timeUnixNano':{}}],'name':{}}
                    UNEXPECTED_VALUE | {IDS,'attributes':['a']}
                    UNEXPECTED_VALUE | {IDS,'attributes':[{'key':'a','value':'b'}]}
                    UNEXPECTED_VALUE | {IDS,'attributes':[{'value':{'stringValue':1}}]}
                    UNEXPECTED_VALUE | {IDS,'attributes':[{'value':{'boolValue':'true'}}]}
                    UNEXPECTED_VALUE | {IDS,'attributes':[{'value':{'intValue':9223372036854775808}}]}
                    UNEXPECTED_VALUE | {IDS,'attributes':[{'value':{'intValue':'-9223372036854775809'}}]}
                    UNEXPECTED_VALUE | {IDS,'attributes':[{'value':{'doubleValue':1e400}}]}
                    UNEXPECTED_VALUE | {IDS,'attributes':[{'value':{'doubleValue':'1d'}}]}
                    UNEXPECTED_VALUE | {IDS,'attributes':[{'value':{'doubleValue':'nan'}}]}
                    UNEXPECTED_VALUE | {IDS,'attributes':[{'value':{'bytesValue':'ab!='}}]}
                    UNEXPECTED_VALUE | {IDS,'attributes':[{'value':{'bytesValue':'a'}}]}
                    UNEXPECTED_VALUE | {IDS,'attributes':[{'value':{'arrayValue':{'values':[1]}}}]}
                    UNEXPECTED_VALUE | {IDS,'attributes':[{'value':{'kvlistValue':[]}}]}
                    UNEXPECTED_VALUE | 12.5
                    UNEXPECTED_VALUE | 'a long text é, with ] and } in it'
                    UNEXPECTED_VALUE | true
                    UNEXPECTED_VALUE | [[{}],'a']
                    """)
    void aBadSpanIsLeftOutAndThoseBesideItGoOn(Reason reason, String bad) throws Exception {
        String span = json(bad);
        String good = json("{IDS,'name':'é'}");
        String text =
                json("{'resourceSpans':[{'scopeSpans':[{'spans':[ ")
                        + String.join(" ,\n", good, span, good, span)
                        + json(" ],'scope':{'name':'s'}}],'resource':{}}]}");

        ExportTraceServiceRequest request = read(text);

        assertThat(rejections.all)
                .containsExactly(
                        new Rejections.Rejection(reason, span),
                        new Rejections.Rejection(reason, span));
        assertThat(request).isEqualTo(read(text.replace(" ,\n" + span, "")));
        assertThat(spans(request)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "'text'",
                "[{}]",
                "{'resource':[]}",
                "{'resource':{'attributes':{}}}",
                "{'scopeSpans':[{'spans':[{IDS}]}],'resource':{'droppedAttributesCount':-1}}",
                "{'resource':{'entityRefs':[{'idKeys':[1]}]}}",
                "{'scopeSpans':{}}",
                "{'schemaUrl':{}}"
            })
    void whatIsBadAroundSpansLeavesOutTheResourceAndTheOthersGoOn(String bad) throws Exception {
        String element = json(bad);
        String good = json("{'resource':{},'scopeSpans':[{'spans':[{IDS}]}]}");
        String text = json("{'resourceSpans':[ ") + good + " , " + element + " , " + good + "]}";

        ExportTraceServiceRequest request = read(text);

        assertThat(rejections.all)
                .containsExactly(new Rejections.Rejection(Reason.UNEXPECTED_VALUE, element));
        assertThat(request.getResourceSpansCount()).isEqualTo(2);
        assertThat(spans(request)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "{'scope':'s','spans':[{IDS}]}",
                "{'spans':[{IDS},{}],'scope':{'attributes':[{'value':1}]}}",
                "{'spans':{'a':{}}}",
                "{'schemaUrl':5}"
            })
    void whatIsBadAroundTheSpansOfAScopeLeavesOutTheScopeAndTheOthersGoOn(String bad)
            throws Exception {
        String element = json(bad);
        String good = json("{'spans':[{IDS}]}");
        String text =
                json("{'resourceSpans':[{'scopeSpans':[ ")
                        + good
                        + " , "
                        + element
                        + " , "
                        + good
                        + "]}]}";

        ExportTraceServiceRequest request = read(text);

        assertThat(rejections.all)
                .containsExactly(new Rejections.Rejection(Reason.UNEXPECTED_VALUE, element));
        assertThat(spans(request)).hasSize(2);
    }

    @Test
    void aGoodSpanBehindManyBadOnesIsRead() throws Exception {
        String bad = "{'attributes':[{'value':{'arrayValue':{'values':[5]}}}]},";

        ExportTraceServiceRequest request = read(request(bad.repeat(200) + "{IDS}"));

        assertThat(rejections.all).hasSize(200);
        assertThat(spans(request)).hasSize(1);
    }

    @Test
    void emptyParentsAndLinksWithoutIdsPass() throws Exception {
        ExportTraceServiceRequest request =
                read(request("{IDS,'parentSpanId':'','links':[{'traceId':'','spanId':null}]}"));

        assertThat(rejections.all).isEmpty();
        assertThat(spans(request))
                .singleElement()
                .satisfies(
                        span -> {
                            assertThat(span.getParentSpanId().isEmpty()).isTrue();
                            assertThat(span.getLinksList())
                                    .containsExactly(Span.Link.getDefaultInstance());
                        });
    }

    @Test
    void idsOfZerosAreRejectedAsTheyAreWritten() throws Exception {
        String traceId = json("{'traceId':'" + "0".repeat(32) + "','spanId':'00000000000000aa'}");
        String spanId =
                json("{'spanId':'" + "0".repeat(16) + "','traceId':'" + "a".repeat(32) + "'}");

        ExportTraceServiceRequest request = read(request(traceId + "," + spanId + ",{IDS}"));

        assertThat(rejections.all)
                .containsExactly(
                        new Rejections.Rejection(Reason.ZERO_TRACE_ID, traceId),
                        new Rejections.Rejection(Reason.ZERO_SPAN_ID, spanId));
        assertThat(spans(request)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'resourceSpans':null}", " {'resourceSpans':[]}\r\n", "{'a':5}"})
    void noResourceSpansAreAnEmptyRequest(String text) throws Exception {
        assertThat(read(json(text))).isEqualTo(ExportTraceServiceRequest.getDefaultInstance());
        assertThat(rejections.all).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "{'a':[1]}", "'text'", "true"})
    void resourceSpansThatAreNoArrayMakeTheRecordUnreadable(String value) {
        String good = "[{'scopeSpans':[{'spans':[5]}]}]";
        String text = "{'resourceSpans':" + good + ",'resourceSpans':" + value + ",'b':[{}]}";

        assertUnreadable(bytes(json(text)), Reason.UNEXPECTED_VALUE);
        assertUnreadable(bytes(json(text + "]")), Reason.MALFORMED_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "5",
                "null",
                "'a'",
                "spans",
                "{}{}",
                "{} x",
                "{},",
                "{'a':01}",
                "{'a':NaN}",
                "{'a':'\n'}",
                "{'a':'\\x'}",
                "{a:1}",
                "{'a':[1,]}",
                "{'a':[}}",
                "\uFEFF{}",
                "\u0000{}",
                "{\u0000}\u0000"
            })
    void whatIsNotOneJsonObjectIsMalformed(String text) {
        assertUnreadable(bytes(json(text)), Reason.MALFORMED_JSON);
    }

    @Test
    void nothingIsRejectedWhereTheEndIsMalformed() {
        String text = request("{'name':5}");

        assertUnreadable(bytes(text + "x"), Reason.MALFORMED_JSON);
        assertUnreadable(bytes(text.substring(0, text.length() - 1)), Reason.MALFORMED_JSON);
    }

    @Test
    void otherUnicodeEncodingsAreMalformed() {
        for (String name : List.of("UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE")) {
            assertUnreadable(
                    request("{IDS}").getBytes(Charset.forName(name)), Reason.MALFORMED_JSON);
        }
    }

    /** Half a pair, too many bytes for their character, beyond Unicode, cut off, alone. */
    @ParameterizedTest
    @ValueSource(strings = {"eda080", "c080", "e08080", "f4908080", "f09f98", "80", "ff"})
    void invalidUtf8IsMalformedWhereverItIs(String hexadecimal) {
        byte[] bad = ByteString.fromHex(hexadecimal).toByteArray();
        for (String place : List.of("name", "unknown")) {
            String text = request("{IDS,'" + place + "':'#'}");
            int at = text.indexOf('#');
            byte[] bytes = bytes(text);
            byte[] whole = Arrays.copyOf(bytes, bytes.length - 1 + bad.length);
            System.arraycopy(bad, 0, whole, at, bad.length);
            System.arraycopy(bytes, at + 1, whole, at + bad.length, bytes.length - at - 1);

            assertThatThrownBy(() -> reader.read(whole, rejections))
                    .isInstanceOf(UnreadableException.class)
                    .hasMessage("Malformed JSON at byte " + at + ": not UTF-8");
        }
    }

    @Test
    void halfAPairOfSurrogatesIsReplaced() throws Exception {
        ExportTraceServiceRequest request =
                read(request("{IDS,'name':'a\\ud83d-\\ude00\\ud83d\\ude00é\\ud83d'}"));

        assertThat(spans(request).get(0).getName()).isEqualTo("a\uFFFD-\uFFFD😀é\uFFFD");
    }

    @Test
    void nestingGoesAsDeepAsProtobufGoes() throws Exception {
        int deepest = 0;
        for (int depth = 1; depth < 120; depth++) {
            AnyValue value = AnyValue.newBuilder().setIntValue(1).build();
            for (int i = 0; i < depth; i++) {
                AnyValue inner = value;
                value = AnyValue.newBuilder().setArrayValue(arrayOf(inner)).build();
            }
            byte[] otlp = requestOf(value).toByteArray();
            rejections.all.clear();
            ExportTraceServiceRequest read = read(nested(depth, "{'intValue':1}"));
            if (isParseable(otlp)) {
                assertThat(rejections.all).as("depth %d", depth).isEmpty();
                assertThat(read.toByteArray()).as("depth %d", depth).isEqualTo(otlp);
                deepest = depth;
            } else {
                assertThat(rejections.all).as("depth %d", depth).hasSize(1);
                assertThat(spans(read)).as("depth %d", depth).isEmpty();
            }
        }
        assertThat(deepest).isBetween(40, 50);
    }

    @Test
    void deepNestingIsABadSpanUpToWhereItIsMalformed() throws Exception {
        read(nested(3000, "{}"));

        assertThat(rejections.all).hasSize(1);
        assertUnreadable(bytes("{\"a\":" + "[".repeat(1 << 20)), Reason.MALFORMED_JSON);
    }

    @Test
    void longTextsAndNumbersAreRead() throws Exception {
        String name = "n".repeat(30_000_000);
        String number = "0." + "0".repeat(100_000) + "17e100002";

        Span span =
                spans(read(request("{IDS,'name':'" + name + "','flags':" + number + "}"))).get(0);

        assertThat(span.getName().length()).isEqualTo(name.length());
        assertThat(span.getFlags()).isEqualTo(17);
    }

    @Test
    void aTextCutOffAnywhereIsMalformed() {
        VariantJson variant = new VariantJson(new Random(7));
        RandomRequests requests = new RandomRequests(7);
        byte[] text = new byte[0];
        while (text.length < 4000 || text.length > 10_000) {
            text = bytes(variant.write(requests.next()));
        }
        for (int length = 0; length < text.length; length++) {
            assertUnreadable(Arrays.copyOf(text, length), Reason.MALFORMED_JSON);
        }
    }

    @Test
    void aChangedByteNeverGivesAnythingUnparseable() throws Exception {
        int readable = 0;
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            byte[] text = bytes(new VariantJson(random).write(new RandomRequests(seed).next()));
            for (int i = 0; i < 100; i++) {
                byte[] changed = text.clone();
                changed[random.nextInt(text.length)] = anyByte(random);
                readable += isRead(changed, seed) ? 1 : 0;
            }
        }
        assertThat(readable).isBetween(1000, 9_000);
    }

    private boolean isRead(byte[] text, long seed) {
        try {
            return ExportTraceServiceRequest.parseFrom(reader.read(text, rejections))
                    .isInitialized();
        } catch (UnreadableException e) {
            return false;
        } catch (InvalidProtocolBufferException | RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static byte anyByte(Random random) {
        String likely = "{}[]\",:0-.eEnt\\ ";
        return random.nextBoolean()
                ? (byte) likely.charAt(random.nextInt(likely.length()))
                : (byte) random.nextInt();
    }

    private void assertUnreadable(byte[] text, Reason reason) {
        rejections.all.clear();
        assertThatThrownBy(() -> reader.read(text, rejections))
                .isInstanceOfSatisfying(
                        UnreadableException.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(reason);
                            assertThat(e).hasMessageContaining("at byte ");
                            assertThat(e.getMessage()).doesNotContain("\n", "line", "column");
                        });
        assertThat(rejections.all).isEmpty();
    }

    private ExportTraceServiceRequest read(String text) throws Exception {
        return ExportTraceServiceRequest.parseFrom(reader.read(bytes(text), rejections));
    }

    private static List<Span> spans(ExportTraceServiceRequest request) {
        List<Span> spans = new ArrayList<>();
        for (ResourceSpans resourceSpans : request.getResourceSpansList()) {
            for (ScopeSpans scopeSpans : resourceSpans.getScopeSpansList()) {
                spans.addAll(scopeSpans.getSpansList());
            }
        }
        return spans;
    }

    private static ArrayValue.Builder arrayOf(AnyValue value) {
        return ArrayValue.newBuilder().addValues(value);
    }

    private static ExportTraceServiceRequest requestOf(AnyValue value) {
        Span span =
                Span.newBuilder()
                        .setTraceId(ByteString.fromHex("0123456789abcdef0123456789abcdef"))
                        .setSpanId(ByteString.fromHex("0123456789abcdef"))
                        .addAttributes(KeyValue.newBuilder().setKey("k").setValue(value))
                        .build();
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder()
                                .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build();
    }

    private static boolean isParseable(byte[] otlp) {
        try {
            return ExportTraceServiceRequest.parseFrom(otlp).isInitialized();
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    private static String nested(int depth, String innermost) {
        return request(
                "{IDS,'attributes':[{'key':'k','value':"
                        + "{'arrayValue':{'values':[".repeat(depth)
                        + innermost
                        + "]}}".repeat(depth)
                        + "}]}");
    }

    private static String request(String span) {
        return json("{'resourceSpans':[{'scopeSpans':[{'spans':[" + span + "]}]}]}");
    }

    private static String json(String text) {
        return text.replace('\'', '"').replace("IDS", IDS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
