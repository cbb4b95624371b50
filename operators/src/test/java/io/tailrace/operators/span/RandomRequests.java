package io.tailrace.operators.span;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.EntityRef;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Valid export requests with everything OTLP allows in them, the same for the same seed: empty and
 * missing parts, every kind of attribute, any text, numbers up to their ends, unknown enum numbers.
 *
 * <p>Every span has a trace id and a span id that are not zeros. Traces repeat and are interleaved,
 * within a request and over requests.
 */
public final class RandomRequests {

    private static final int MOST_DEPTH = 4;
    private static final List<String> PIECES =
            List.of(
                    "http.",
                    "cart",
                    " ",
                    "\"",
                    "\\",
                    "/",
                    "\n",
                    "\t",
                    "\u0000",
                    "\u001f",
                    "\u007f",
                    "é",
                    "ÿ",
                    "\u0800",
                    "订单",
                    "\u2028",
                    "\uFFFF",
                    "😀",
                    "𐀀",
                    "\uDBFF\uDFFF");
    private static final List<Long> EDGES =
            List.of(0L, 1L, -1L, 127L, 128L, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, 1L << 32);
    private static final List<Double> DOUBLES =
            List.of(
                    0.0,
                    -0.0,
                    1.5,
                    1e300,
                    Double.MIN_VALUE,
                    Double.MAX_VALUE,
                    Double.NaN,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY);

    private final Random random;
    private final List<ByteString> traceIds = new ArrayList<>();

    /** Over so many traces that most spans are alone in theirs. */
    public RandomRequests(long seed) {
        this(seed, 1000);
    }

    /** Over {@code traces} traces. */
    public RandomRequests(long seed, int traces) {
        random = new Random(seed);
        for (int i = 0; i < traces; i++) {
            traceIds.add(id(16));
        }
    }

    public ExportTraceServiceRequest next() {
        return ExportTraceServiceRequest.newBuilder()
                .addAllResourceSpans(some(4, this::resourceSpans))
                .build();
    }

    private ResourceSpans resourceSpans() {
        ResourceSpans.Builder resourceSpans =
                ResourceSpans.newBuilder()
                        .addAllScopeSpans(some(4, this::scopeSpans))
                        .setSchemaUrl(sometimes("https://opentelemetry.io/schemas/1.26.0"));
        if (random.nextInt(8) > 0) {
            resourceSpans.setResource(resource());
        }
        return resourceSpans.build();
    }

    private Resource resource() {
        return Resource.newBuilder()
                .addAllAttributes(attributes(0))
                .setDroppedAttributesCount(count())
                .addAllEntityRefs(some(2, this::entityRef))
                .build();
    }

    private EntityRef entityRef() {
        return EntityRef.newBuilder()
                .setSchemaUrl(text())
                .setType(text())
                .addAllIdKeys(some(3, this::text))
                .addAllDescriptionKeys(some(3, this::text))
                .build();
    }

    private ScopeSpans scopeSpans() {
        ScopeSpans.Builder scopeSpans =
                ScopeSpans.newBuilder()
                        .addAllSpans(some(6, this::span))
                        .setSchemaUrl(sometimes(text()));
        if (random.nextInt(4) > 0) {
            scopeSpans.setScope(
                    InstrumentationScope.newBuilder()
                            .setName(text())
                            .setVersion(sometimes("1.0"))
                            .addAllAttributes(attributes(0))
                            .setDroppedAttributesCount(count()));
        }
        return scopeSpans.build();
    }

    private Span span() {
        Span.Builder span =
                Span.newBuilder()
                        .setTraceId(traceIds.get(random.nextInt(traceIds.size())))
                        .setSpanId(id(8))
                        .setTraceState(sometimes("ot=th:c;rv:1234567890abcd,vendor=1"))
                        .setFlags(count())
                        .setName(text())
                        .setKindValue(enumeration(5))
                        .setStartTimeUnixNano(time())
                        .setEndTimeUnixNano(time())
                        .addAllAttributes(attributes(0))
                        .setDroppedAttributesCount(count())
                        .addAllEvents(some(3, this::event))
                        .setDroppedEventsCount(count())
                        .addAllLinks(some(3, this::link))
                        .setDroppedLinksCount(count());
        if (random.nextBoolean()) {
            span.setParentSpanId(id(8));
        }
        if (random.nextBoolean()) {
            span.setStatus(
                    Status.newBuilder().setMessage(sometimes(text())).setCodeValue(enumeration(2)));
        }
        return span.build();
    }

    private Span.Event event() {
        return Span.Event.newBuilder()
                .setTimeUnixNano(time())
                .setName(text())
                .addAllAttributes(attributes(0))
                .setDroppedAttributesCount(count())
                .build();
    }

    private Span.Link link() {
        return Span.Link.newBuilder()
                .setTraceId(id(16))
                .setSpanId(id(8))
                .setTraceState(sometimes("vendor=1"))
                .addAllAttributes(attributes(0))
                .setDroppedAttributesCount(count())
                .setFlags(count())
                .build();
    }

    private List<KeyValue> attributes(int depth) {
        return some(4, () -> keyValue(depth));
    }

    private KeyValue keyValue(int depth) {
        KeyValue.Builder keyValue = KeyValue.newBuilder().setKey(text());
        if (random.nextInt(16) > 0) {
            keyValue.setValue(value(depth));
        }
        if (random.nextInt(16) == 0) {
            keyValue.setKeyStrindex((int) number());
        }
        return keyValue.build();
    }

    private AnyValue value(int depth) {
        AnyValue.Builder value = AnyValue.newBuilder();
        switch (random.nextInt(depth < MOST_DEPTH ? 9 : 7)) {
            case 0 -> value.setStringValue(text());
            case 1 -> value.setBoolValue(random.nextBoolean());
            case 2 -> value.setIntValue(number());
            case 3 -> value.setDoubleValue(decimal());
            case 4 -> value.setBytesValue(bytes(random.nextInt(8)));
            case 5 -> value.setStringValueStrindex((int) number());
            case 6 -> value.clear();
            case 7 ->
                    value.setArrayValue(
                            ArrayValue.newBuilder().addAllValues(some(4, () -> value(depth + 1))));
            default ->
                    value.setKvlistValue(
                            KeyValueList.newBuilder().addAllValues(attributes(depth + 1)));
        }
        return value.build();
    }

    /** Mostly short, sometimes longer than a one-byte or a two-byte length can say. */
    private String text() {
        int pieces =
                switch (random.nextInt(512)) {
                    case 0 -> 6000;
                    case 1, 2, 3, 4, 5, 6, 7, 8 -> 60;
                    default -> random.nextInt(5);
                };
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private String sometimes(String text) {
        return random.nextInt(3) == 0 ? text : "";
    }

    private long number() {
        return random.nextInt(4) == 0
                ? EDGES.get(random.nextInt(EDGES.size()))
                : random.nextLong() >> random.nextInt(64);
    }

    private double decimal() {
        return random.nextBoolean()
                ? DOUBLES.get(random.nextInt(DOUBLES.size()))
                : random.nextGaussian() * 1e6;
    }

    private long time() {
        return random.nextInt(4) == 0
                ? number()
                : 1_700_000_000_000_000_000L + random.nextInt(1_000_000_000);
    }

    private int count() {
        return random.nextInt(4) == 0 ? (int) number() : 0;
    }

    private int enumeration(int most) {
        return random.nextInt(16) == 0 ? (int) number() : random.nextInt(most + 1);
    }

    private ByteString id(int size) {
        byte[] id = bytes(size).toByteArray();
        if (random.nextInt(8) == 0) {
            Arrays.fill(id, 0, size / 2, (byte) 0);
        }
        id[size - 1] |= 1;
        return ByteString.copyFrom(id);
    }

    private ByteString bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    /** None in a third of all cases. */
    private <T> List<T> some(int most, Supplier<T> one) {
        int count = random.nextInt(3) == 0 ? 0 : random.nextInt(most) + 1;
        List<T> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(one.get());
        }
        return all;
    }
}
