package io.tailrace.operators.span.wire;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.RandomRequests;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.UnknownFields;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** The views over bytes against the objects of opentelemetry-proto. */
class ViewsTest {

    private static final int SEEDS = 1500;

    @Test
    void sayOfEachSpanWhatTheProtobufObjectsSay() throws Exception {
        RequestSplitter splitter = new RequestSplitter();
        int compared = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            ExportTraceServiceRequest request =
                    new UnknownFields(seed).addTo(new RandomRequests(seed, 5).next());
            Comparison comparison = new Comparison(seed, PlacedSpan.of(request));
            Split.of(splitter, request.toByteArray(), comparison);
            assertThat(comparison.next).as("seed %d", seed).isEqualTo(comparison.expected.size());
            compared += comparison.next;
        }
        assertThat(compared).isGreaterThan(SEEDS);
    }

    @Test
    void lookUpTheFirstOfTwoAttributesWithOneKey() throws Exception {
        Span span =
                good().addAttributes(attribute("a", "other"))
                        .addAttributes(attribute("key", "first"))
                        .addAttributes(attribute("key", "second"))
                        .build();
        Attributes attributes = view(span).attributes();

        assertThat(attributes.find(utf8("key"))).isTrue();
        assertThat(attributes.text()).isEqualTo("first");
    }

    @Test
    void findNoKeyThatOnlyBeginsLikeAnother() throws Exception {
        Attributes attributes =
                view(good().addAttributes(attribute("http", "x")).build()).attributes();

        assertThat(attributes.find(utf8("http."))).isFalse();
        assertThat(attributes.find(utf8("htt"))).isFalse();
        assertThat(attributes.find(utf8("hxtp"))).isFalse();
        assertThat(attributes.find(utf8(""))).isFalse();
        assertThat(attributes.find(utf8("http"))).isTrue();
    }

    @Test
    void goIntoValuesByKeyAndIndex() throws Exception {
        KeyValue inner = attribute("k", "v");
        AnyValue map =
                AnyValue.newBuilder()
                        .setKvlistValue(
                                KeyValueList.newBuilder()
                                        .addValues(inner)
                                        .addValues(attribute("k", "second")))
                        .build();
        AnyValue list =
                AnyValue.newBuilder()
                        .setArrayValue(
                                ArrayValue.newBuilder()
                                        .addValues(AnyValue.newBuilder().setIntValue(7))
                                        .addValues(map))
                        .build();
        Attributes attributes =
                view(good().addAttributes(KeyValue.newBuilder().setKey("a").setValue(list)).build())
                        .attributes();

        assertThat(attributes.find(utf8("a"))).isTrue();
        assertThat(attributes.value().enter(2)).isFalse();
        assertThat(attributes.value().enter(-1)).isFalse();
        assertThat(attributes.value().enter(1)).isTrue();
        assertThat(attributes.value().enter(utf8("none"))).isFalse();
        assertThat(attributes.value().enter(utf8("k"))).isTrue();
        assertThat(attributes.value().textIs(utf8("v"))).isTrue();

        assertThat(attributes.find(utf8("a"))).isTrue();
        assertThat(attributes.value().enter(0)).isTrue();
        assertThat(attributes.value().intValue()).isEqualTo(7);
    }

    @Test
    void speakOfTheLastSpanReadOnly() throws Exception {
        SpanView view = new SpanView();
        byte[] full =
                good().setKindValue(3)
                        .setFlags(1)
                        .setTraceState("a=b")
                        .setParentSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))
                        .setEndTimeUnixNano(5)
                        .setStartTimeUnixNano(4)
                        .setName("name")
                        .setDroppedAttributesCount(1)
                        .setDroppedEventsCount(2)
                        .setDroppedLinksCount(3)
                        .addEvents(Span.Event.newBuilder().setName("event"))
                        .addAttributes(attribute("key", "value"))
                        .setStatus(Status.newBuilder().setCodeValue(2).setMessage("no"))
                        .build()
                        .toByteArray();
        view.read(full, 0, full.length);
        byte[] empty = {};
        view.read(empty, 0, 0);

        assertThat(view.hasTraceId()).isFalse();
        assertThat(view.hasSpanId()).isFalse();
        assertThat(view.isRoot()).isTrue();
        assertThat(view.kind()).isZero();
        assertThat(view.flags()).isZero();
        assertThat(view.traceState()).isEmpty();
        assertThat(view.name()).isEmpty();
        assertThat(view.startUnixNano()).isZero();
        assertThat(view.endUnixNano()).isZero();
        assertThat(view.statusCode()).isZero();
        assertThat(view.statusMessage()).isEmpty();
        assertThat(view.droppedAttributesCount()).isZero();
        assertThat(view.droppedEventsCount()).isZero();
        assertThat(view.droppedLinksCount()).isZero();
        assertThat(view.eventCount()).isZero();
        assertThat(view.attributes().size()).isZero();
    }

    @Test
    void speakOfTheEventAskedForOfTheSpanReadLast() throws Exception {
        SpanView view = new SpanView();
        for (long time = 1; time < 3; time++) {
            byte[] span =
                    good().addEvents(Span.Event.newBuilder().setTimeUnixNano(time).setName("a"))
                            .addEvents(Span.Event.newBuilder().setName("b"))
                            .build()
                            .toByteArray();
            view.read(span, 0, span.length);

            assertThat(view.eventUnixNano(0)).isEqualTo(time);
            assertThat(view.eventName(1)).isEqualTo("b");
            assertThat(view.eventUnixNano(1)).isZero();
            assertThat(view.eventName(0)).isEqualTo("a");
        }
    }

    private static Span.Builder good() {
        return Span.newBuilder()
                .setTraceId(
                        ByteString.copyFrom(
                                new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}))
                .setSpanId(ByteString.copyFrom(new byte[] {1, 1, 1, 1, 1, 1, 1, 1}));
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static SpanView view(Span span) throws Exception {
        byte[] bytes = span.toByteArray();
        return new SpanView().read(bytes, 0, bytes.length);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class Comparison implements SpanVisitor {
        private final long seed;
        private final List<PlacedSpan> expected;
        private final Map<TraceId, Integer> traces = new HashMap<>();
        private int next;
        private ResourceView resource;
        private ScopeView scope;

        Comparison(long seed, List<PlacedSpan> expected) {
            this.seed = seed;
            this.expected = expected;
        }

        @Override
        public void resource(ResourceView view) {
            resource = view;
        }

        @Override
        public void scope(ScopeView view) {
            scope = view;
        }

        @Override
        public void span(int trace, SpanView view) {
            PlacedSpan placed = expected.get(next++);
            String description = "seed %d, span %d".formatted(seed, next);
            int number = traces.computeIfAbsent(placed.traceId(), id -> traces.size());
            assertThat(trace).as(description).isEqualTo(number);
            assertResource(description, placed.under().getResource());
            assertThat(scope.name())
                    .as(description)
                    .isEqualTo(placed.within().getScope().getName());
            assertThat(scope.version())
                    .as(description)
                    .isEqualTo(placed.within().getScope().getVersion());
            assertSame(description, scope::nameIs, placed.within().getScope().getName());
            assertSame(description, scope::versionIs, placed.within().getScope().getVersion());
            assertThat(scope.droppedAttributesCount())
                    .as(description)
                    .isEqualTo(
                            Integer.toUnsignedLong(
                                    placed.within().getScope().getDroppedAttributesCount()));
            assertAttributes(
                    description,
                    scope.attributes(),
                    placed.within().getScope().getAttributesList());
            assertSpan(description, view, placed.span());
        }

        private void assertResource(String description, Resource expectedResource) {
            assertAttributes(
                    description, resource.attributes(), expectedResource.getAttributesList());
            String service =
                    expectedResource.getAttributesList().stream()
                            .filter(each -> each.getKey().equals("service.name"))
                            .findFirst()
                            .filter(each -> each.getValue().hasStringValue())
                            .map(each -> each.getValue().getStringValue())
                            .orElse(null);
            assertThat(resource.serviceName()).as(description).isEqualTo(service);
            assertThat(resource.droppedAttributesCount())
                    .as(description)
                    .isEqualTo(
                            Integer.toUnsignedLong(expectedResource.getDroppedAttributesCount()));
        }

        private static void assertSpan(String description, SpanView view, Span span) {
            assertThat(new TraceId(view.traceIdHigh(), view.traceIdLow()))
                    .as(description)
                    .isEqualTo(PlacedSpan.traceId(span));
            assertThat(view.spanId())
                    .as(description)
                    .isEqualTo(span.getSpanId().asReadOnlyByteBuffer().getLong());
            assertThat(view.isRoot()).as(description).isEqualTo(span.getParentSpanId().isEmpty());
            assertThat(view.parentSpanId())
                    .as(description)
                    .isEqualTo(
                            span.getParentSpanId().isEmpty()
                                    ? 0
                                    : span.getParentSpanId().asReadOnlyByteBuffer().getLong());
            assertThat(view.name()).as(description).isEqualTo(span.getName());
            assertThat(view.kind()).as(description).isEqualTo(span.getKindValue());
            assertThat(view.startUnixNano()).as(description).isEqualTo(span.getStartTimeUnixNano());
            assertThat(view.endUnixNano()).as(description).isEqualTo(span.getEndTimeUnixNano());
            assertThat(view.statusCode())
                    .as(description)
                    .isEqualTo(span.getStatus().getCodeValue());
            assertThat(view.statusMessage())
                    .as(description)
                    .isEqualTo(span.getStatus().getMessage());
            assertThat(view.flags()).as(description).isEqualTo(span.getFlags());
            assertThat(view.traceState()).as(description).isEqualTo(span.getTraceState());
            assertSame(description, view::nameIs, span.getName());
            assertSame(description, view::traceStateIs, span.getTraceState());
            assertSame(description, view::statusMessageIs, span.getStatus().getMessage());
            assertThat(view.droppedAttributesCount())
                    .as(description)
                    .isEqualTo(Integer.toUnsignedLong(span.getDroppedAttributesCount()));
            assertThat(view.droppedEventsCount())
                    .as(description)
                    .isEqualTo(Integer.toUnsignedLong(span.getDroppedEventsCount()));
            assertThat(view.droppedLinksCount())
                    .as(description)
                    .isEqualTo(Integer.toUnsignedLong(span.getDroppedLinksCount()));
            assertThat(view.eventCount()).as(description).isEqualTo(span.getEventsCount());
            for (int i = 0; i < span.getEventsCount(); i++) {
                assertThat(view.eventName(i))
                        .as(description)
                        .isEqualTo(span.getEvents(i).getName());
                int event = i;
                assertSame(
                        description,
                        text -> view.eventNameIs(event, text),
                        span.getEvents(i).getName());
                assertThat(view.eventUnixNano(i))
                        .as(description)
                        .isEqualTo(span.getEvents(i).getTimeUnixNano());
                assertThat(view.eventDroppedAttributesCount(i))
                        .as(description)
                        .isEqualTo(
                                Integer.toUnsignedLong(
                                        span.getEvents(i).getDroppedAttributesCount()));
                assertAttributes(
                        description,
                        view.eventAttributes(i),
                        span.getEvents(i).getAttributesList());
            }
            assertAttributes(description, view.attributes(), span.getAttributesList());
        }

        private static void assertAttributes(
                String description, Attributes view, List<KeyValue> attributes) {
            assertThat(view.size()).as(description).isEqualTo(attributes.size());
            Map<String, AnyValue> first = new HashMap<>();
            attributes.forEach(each -> first.putIfAbsent(each.getKey(), each.getValue()));
            // A key that is empty is absent on the wire, and nobody can ask for it.
            first.remove("");
            first.forEach(
                    (key, value) -> {
                        assertThat(view.find(utf8(key))).as(description).isTrue();
                        assertValue(description, view, value);
                    });
            assertThat(view.find(utf8("a key that is not there"))).as(description).isFalse();
            Map<String, AnyValue> all = new LinkedHashMap<>();
            attributes.forEach(each -> all.putIfAbsent(each.getKey(), each.getValue()));
            assertThat(view.toMap().keySet()).as(description).isEqualTo(all.keySet());
            all.forEach((key, value) -> assertObject(description, view.toMap().get(key), value));
        }

        private static void assertValue(String description, Attributes view, AnyValue value) {
            Attributes.ValueKind kind =
                    switch (value.getValueCase()) {
                        case STRING_VALUE -> Attributes.ValueKind.TEXT;
                        case BOOL_VALUE -> Attributes.ValueKind.BOOL;
                        case INT_VALUE -> Attributes.ValueKind.INT;
                        case DOUBLE_VALUE -> Attributes.ValueKind.DOUBLE;
                        case ARRAY_VALUE -> Attributes.ValueKind.ARRAY;
                        case KVLIST_VALUE -> Attributes.ValueKind.LIST;
                        case BYTES_VALUE -> Attributes.ValueKind.BYTES;
                        case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> Attributes.ValueKind.NONE;
                    };
            assertThat(view.kind()).as(description).isEqualTo(kind);
            assertObject(description, view.value().toObject(), value);
            switch (kind) {
                case TEXT -> {
                    assertThat(view.text()).as(description).isEqualTo(value.getStringValue());
                    assertThat(view.textIs(utf8(value.getStringValue()))).as(description).isTrue();
                    assertThat(view.textIs(utf8(value.getStringValue() + "x")))
                            .as(description)
                            .isFalse();
                    assertThat(view.length())
                            .as(description)
                            .isEqualTo(value.getStringValueBytes().size());
                }
                case BOOL ->
                        assertThat(view.boolValue())
                                .as(description)
                                .isEqualTo(value.getBoolValue());
                case INT ->
                        assertThat(view.intValue()).as(description).isEqualTo(value.getIntValue());
                case DOUBLE ->
                        assertThat(Double.compare(view.doubleValue(), value.getDoubleValue()))
                                .as(description)
                                .isZero();
                case BYTES -> {
                    assertThat(view.length())
                            .as(description)
                            .isEqualTo(value.getBytesValue().size());
                    assertThat(view.value().bytesValue())
                            .as(description)
                            .isEqualTo(value.getBytesValue().toByteArray());
                }
                case NONE, ARRAY, LIST -> {}
            }
        }

        private static void assertSame(
                String description, Predicate<byte[]> same, String expected) {
            assertThat(same.test(utf8(expected))).as(description).isTrue();
            assertThat(same.test(utf8(expected + "x"))).as(description).isFalse();
        }

        private static void assertObject(String description, Object object, AnyValue value) {
            switch (value.getValueCase()) {
                case STRING_VALUE ->
                        assertThat(object).as(description).isEqualTo(value.getStringValue());
                case BOOL_VALUE ->
                        assertThat(object).as(description).isEqualTo(value.getBoolValue());
                case INT_VALUE -> assertThat(object).as(description).isEqualTo(value.getIntValue());
                case DOUBLE_VALUE ->
                        assertThat(object).as(description).isEqualTo(value.getDoubleValue());
                case BYTES_VALUE ->
                        assertThat(object)
                                .as(description)
                                .isEqualTo(value.getBytesValue().toByteArray());
                case ARRAY_VALUE -> {
                    List<AnyValue> expected = value.getArrayValue().getValuesList();
                    assertThat((List<?>) object).as(description).hasSameSizeAs(expected);
                    for (int i = 0; i < expected.size(); i++) {
                        assertObject(description, ((List<?>) object).get(i), expected.get(i));
                    }
                }
                case KVLIST_VALUE -> {
                    Map<String, AnyValue> expected = new HashMap<>();
                    value.getKvlistValue()
                            .getValuesList()
                            .forEach(each -> expected.putIfAbsent(each.getKey(), each.getValue()));
                    Map<?, ?> map = (Map<?, ?>) object;
                    assertThat(map).as(description).hasSameSizeAs(expected);
                    expected.forEach((key, each) -> assertObject(description, map.get(key), each));
                }
                case STRING_VALUE_STRINDEX, VALUE_NOT_SET ->
                        assertThat(object).as(description).isNull();
            }
        }
    }
}
