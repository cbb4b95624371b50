package io.tailrace.operators.span.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.input.DeadLetter.Reason;
import io.tailrace.operators.span.PlacedSpan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;

import static io.tailrace.operators.input.DeadLetter.Reason.INVALID_LINK_ID;
import static io.tailrace.operators.input.DeadLetter.Reason.INVALID_PARENT_SPAN_ID;
import static io.tailrace.operators.input.DeadLetter.Reason.INVALID_SPAN_ID;
import static io.tailrace.operators.input.DeadLetter.Reason.INVALID_TRACE_ID;
import static io.tailrace.operators.input.DeadLetter.Reason.MALFORMED_PROTOBUF;
import static io.tailrace.operators.input.DeadLetter.Reason.ZERO_SPAN_ID;
import static io.tailrace.operators.input.DeadLetter.Reason.ZERO_TRACE_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** A bad span between two good ones. */
class RejectedSpansTest {

    private static final byte[] NOT_UTF8 = {(byte) 0xc3, '('};

    static List<Arguments> badSpans() {
        return List.of(
                arguments("no trace id", good().clearTraceId(), INVALID_TRACE_ID),
                arguments("trace id of 8 bytes", good().setTraceId(id(8, 1)), INVALID_TRACE_ID),
                arguments("trace id of 17 bytes", good().setTraceId(id(17, 1)), INVALID_TRACE_ID),
                arguments("zero trace id", good().setTraceId(id(16, 0)), ZERO_TRACE_ID),
                arguments("no span id", good().clearSpanId(), INVALID_SPAN_ID),
                arguments("span id of 16 bytes", good().setSpanId(id(16, 1)), INVALID_SPAN_ID),
                arguments("zero span id", good().setSpanId(id(8, 0)), ZERO_SPAN_ID),
                arguments(
                        "parent of 7 bytes",
                        good().setParentSpanId(id(7, 1)),
                        INVALID_PARENT_SPAN_ID),
                arguments(
                        "link's trace id",
                        good().addLinks(link().setTraceId(id(15, 1))),
                        INVALID_LINK_ID),
                arguments(
                        "second link's span id",
                        good().addLinks(link()).addLinks(link().setSpanId(id(1, 1))),
                        INVALID_LINK_ID),
                arguments("name", with(good(), 5, NOT_UTF8), MALFORMED_PROTOBUF),
                arguments("trace state", with(good(), 3, NOT_UTF8), MALFORMED_PROTOBUF),
                arguments("status", with(good(), 15, NOT_UTF8), MALFORMED_PROTOBUF),
                arguments("attribute", with(good(), 9, NOT_UTF8), MALFORMED_PROTOBUF),
                arguments(
                        "text in an array in an attribute",
                        good().addAttributes(
                                        nested(
                                                AnyValue.newBuilder()
                                                        .setUnknownFields(field(1, NOT_UTF8))
                                                        .build())),
                        MALFORMED_PROTOBUF),
                arguments(
                        "event's attribute",
                        good().addEvents(
                                        Span.Event.newBuilder()
                                                .setUnknownFields(field(3, NOT_UTF8))),
                        MALFORMED_PROTOBUF),
                arguments("nested too deep", deep(100), MALFORMED_PROTOBUF),
                arguments("groups nested too deep", groups(100), MALFORMED_PROTOBUF));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badSpans")
    void areHandedOnAloneWhileTheirNeighboursGoOn(String what, Span.Builder bad, Reason reason)
            throws Exception {
        Span before = good().setName("before").build();
        Span after = good().setName("after").build();
        byte[] request = request(before, bad.build(), after);

        Split split = Split.of(new RequestSplitter(), request);

        SpanRange range = SpanRange.of(request).get(1);
        assertThat(split.rejects())
                .singleElement()
                .satisfies(
                        reject -> {
                            assertThat(reject.reason()).isEqualTo(reason);
                            assertThat(reject.error()).isNotBlank();
                            assertThat(reject.from()).isEqualTo(range.from());
                            assertThat(reject.to()).isEqualTo(range.to());
                        });
        assertThat(split.chunks()).hasSize(1);
        assertThat(split.chunks().get(0).spans()).isEqualTo(2);
        assertThat(split.chunks().get(0).placed())
                .extracting(PlacedSpan::span)
                .containsExactly(before, after);
    }

    @Test
    void mayLackIdsInTheirLinksAndAParent() throws Exception {
        Span span = good().addLinks(Span.Link.newBuilder().setTraceState("a=b")).build();

        Split split = Split.of(new RequestSplitter(), request(span));

        assertThat(split.rejects()).isEmpty();
        assertThat(split.chunks()).hasSize(1);
    }

    @Test
    void areNestedAtMostSoDeepThatEveryParserReadsThem() throws Exception {
        for (int depth = 1; depth <= 110; depth++) {
            assertAcceptedOnlyIfReadable(deep(depth).build(), depth, 90);
            assertAcceptedOnlyIfReadable(groups(depth).build(), depth, 90);
            for (int inner = 1; inner <= 110; inner += 7) {
                assertAcceptedOnlyIfReadable(deepGroups(depth, inner), depth + inner, 90);
            }
        }
    }

    private static void assertAcceptedOnlyIfReadable(Span span, int depth, int least)
            throws Exception {
        Split split = Split.of(new RequestSplitter(), request(span));
        if (!split.rejects().isEmpty()) {
            assertThat(depth).as("depth that is refused").isGreaterThan(least);
            return;
        }
        assertThat(PlacedSpan.of(split.joined()))
                .as("depth %d", depth)
                .extracting(PlacedSpan::span)
                .containsExactly(span);
    }

    @Test
    void takeTheirResourceSpansAlongOnlyIfTheFaultIsThere() throws Exception {
        ResourceSpans badResource =
                resourceSpans(good().setName("lost").build()).toBuilder()
                        .setResource(Resource.newBuilder().setUnknownFields(field(1, NOT_UTF8)))
                        .build();
        ScopeSpans badScope =
                ScopeSpans.newBuilder()
                        .addSpans(good().setName("lost too"))
                        .setUnknownFields(field(3, NOT_UTF8))
                        .build();
        ResourceSpans good =
                resourceSpans(good().setName("kept").build()).toBuilder()
                        .addScopeSpans(badScope)
                        .build();
        byte[] request =
                ExportTraceServiceRequest.newBuilder()
                        .addResourceSpans(badResource)
                        .addResourceSpans(good)
                        .build()
                        .toByteArray();

        Split split = Split.of(new RequestSplitter(), request);

        assertThat(PlacedSpan.of(split.joined()))
                .extracting(placed -> placed.span().getName())
                .containsExactly("kept");
        assertThat(split.rejects())
                .extracting(reject -> Arrays.copyOfRange(request, reject.from(), reject.to()))
                .containsExactly(badResource.toByteArray(), badScope.toByteArray());
        assertThat(split.rejects()).allMatch(reject -> reject.reason() == MALFORMED_PROTOBUF);
    }

    @Test
    void holdGroupsThatAParserReadsOnly() throws Exception {
        // A group whose only field has the number 0, and one with the end of another.
        for (byte[] group : List.of(new byte[] {0x6b, 0, 0, 0x6c}, new byte[] {0x6b, 0x74})) {
            byte[] good = good().build().toByteArray();
            byte[] bad = Arrays.copyOf(good, good.length + group.length);
            System.arraycopy(group, 0, bad, good.length, group.length);
            byte[] request =
                    ExportTraceServiceRequest.newBuilder()
                            .addResourceSpans(
                                    ResourceSpans.newBuilder()
                                            .addScopeSpans(
                                                    ScopeSpans.newBuilder()
                                                            .setUnknownFields(field(2, bad))))
                            .build()
                            .toByteArray();

            Split split = Split.of(new RequestSplitter(), request);

            assertThat(split.chunks()).isEmpty();
            assertThat(split.rejects())
                    .singleElement()
                    .matches(r -> r.reason() == MALFORMED_PROTOBUF);
        }
    }

    private static Span.Builder good() {
        return Span.newBuilder().setTraceId(id(16, 7)).setSpanId(id(8, 7));
    }

    private static Span.Link.Builder link() {
        return Span.Link.newBuilder().setTraceId(id(16, 3)).setSpanId(id(8, 3));
    }

    private static ByteString id(int size, int fill) {
        byte[] id = new byte[size];
        Arrays.fill(id, (byte) fill);
        return ByteString.copyFrom(id);
    }

    /** A field that a builder would not take, or not so. */
    private static UnknownFieldSet field(int number, byte[] content) {
        return UnknownFieldSet.newBuilder()
                .addField(
                        number,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFrom(content))
                                .build())
                .build();
    }

    private static Span.Builder with(Span.Builder span, int number, byte[] content) {
        return span.setUnknownFields(field(number, content));
    }

    private static KeyValue nested(AnyValue innermost) {
        return KeyValue.newBuilder()
                .setKey("key")
                .setValue(
                        AnyValue.newBuilder()
                                .setArrayValue(ArrayValue.newBuilder().addValues(innermost)))
                .build();
    }

    /** A span with {@code depth} messages in one another. */
    private static Span.Builder deep(int depth) {
        return good().addAttributes(
                        KeyValue.newBuilder()
                                .setKey("key")
                                .setValue(deepValue(depth - 1, AnyValue.getDefaultInstance())));
    }

    /** Values and arrays by turns; of an odd number the innermost is a value. */
    private static AnyValue deepValue(int depth, AnyValue innermost) {
        AnyValue value = innermost;
        for (int i = 1; i + 1 < depth; i += 2) {
            value =
                    AnyValue.newBuilder()
                            .setArrayValue(ArrayValue.newBuilder().addValues(value))
                            .build();
        }
        return value;
    }

    private static Span.Builder groups(int depth) {
        return good().setUnknownFields(groupFields(depth));
    }

    private static Span deepGroups(int depth, int groups) {
        AnyValue innermost = AnyValue.newBuilder().setUnknownFields(groupFields(groups)).build();
        return good().addAttributes(
                        KeyValue.newBuilder()
                                .setKey("key")
                                .setValue(deepValue(depth - 1, innermost)))
                .build();
    }

    private static UnknownFieldSet groupFields(int depth) {
        UnknownFieldSet fields = UnknownFieldSet.getDefaultInstance();
        for (int i = 0; i < depth; i++) {
            fields =
                    UnknownFieldSet.newBuilder()
                            .addField(
                                    100,
                                    UnknownFieldSet.Field.newBuilder().addGroup(fields).build())
                            .build();
        }
        return fields;
    }

    private static ResourceSpans resourceSpans(Span... spans) {
        return ResourceSpans.newBuilder()
                .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(List.of(spans)))
                .build();
    }

    private static byte[] request(Span... spans) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(resourceSpans(spans))
                .build()
                .toByteArray();
    }
}
