package io.tailrace.operators.span.ottl;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;

import static io.tailrace.operators.span.Requests.attribute;

/** A span with something of everything, begun on Tuesday 2023-11-14 at 22:13:20 UTC. */
final class Checkout {

    static final long START = 1_700_000_000_000_000_000L;

    static final PlacedSpan SPAN =
            new PlacedSpan(
                    ResourceSpans.newBuilder()
                            .setResource(
                                    Resource.newBuilder()
                                            .addAttributes(attribute("service.name", "shop"))
                                            .addAttributes(attribute("region", "eu-1"))
                                            .setDroppedAttributesCount(3))
                            .build(),
                    ScopeSpans.newBuilder()
                            .setScope(
                                    InstrumentationScope.newBuilder()
                                            .setName("lib")
                                            .setVersion("1.2")
                                            .addAttributes(attribute("short", "yes"))
                                            .setDroppedAttributesCount(4))
                            .build(),
                    span());

    private Checkout() {}

    private static Span span() {
        return Requests.span(new TraceId(0x0102030405060708L, 0x090a0b0c0d0e0f10L), 0xabcdL)
                .setName("GET /cart")
                .setKindValue(2)
                .setStartTimeUnixNano(START)
                .setEndTimeUnixNano(START + 1_500_000_000L)
                .setStatus(Status.newBuilder().setCodeValue(2).setMessage("out of stock"))
                .setTraceState("ot=th:c, vendor=x")
                .setFlags(0x101)
                .setDroppedAttributesCount(5)
                .setDroppedEventsCount(6)
                .setDroppedLinksCount(7)
                .addAttributes(attribute("s", "text"))
                .addAttributes(attribute("n", 42))
                .addAttributes(attribute("d", AnyValue.newBuilder().setDoubleValue(1.5)))
                .addAttributes(attribute("yes", AnyValue.newBuilder().setBoolValue(true)))
                .addAttributes(attribute("no", AnyValue.newBuilder().setBoolValue(false)))
                .addAttributes(
                        attribute(
                                "raw",
                                AnyValue.newBuilder()
                                        .setBytesValue(
                                                ByteString.copyFrom(new byte[] {1, (byte) 0xff}))))
                .addAttributes(attribute("number", "17"))
                .addAttributes(attribute("key", "s"))
                .addAttributes(attribute("umlaut", "größe"))
                .addAttributes(attribute("pattern", "^te"))
                .addAttributes(attribute("bad.pattern", "("))
                .addAttributes(attribute("json", "{\"a\": [1, null, \"x\"]}"))
                .addAttributes(attribute("empty", AnyValue.newBuilder()))
                .addAttributes(attribute("list", list(text("a"), text("b"), whole(3))))
                .addAttributes(
                        attribute(
                                "map",
                                map(
                                        attribute("k", "v"),
                                        attribute("inner", map(attribute("x", 7))))))
                .addEvents(
                        Span.Event.newBuilder()
                                .setName("retry")
                                .setTimeUnixNano(START + 1)
                                .addAttributes(attribute("n", 1)))
                .addEvents(
                        Span.Event.newBuilder()
                                .setName("exception")
                                .setTimeUnixNano(START + 2)
                                .setDroppedAttributesCount(8)
                                .addAttributes(attribute("exception.type", "Timeout")))
                .build();
    }

    private static AnyValue.Builder text(String text) {
        return AnyValue.newBuilder().setStringValue(text);
    }

    private static AnyValue.Builder whole(long number) {
        return AnyValue.newBuilder().setIntValue(number);
    }

    private static AnyValue.Builder list(AnyValue.Builder... elements) {
        ArrayValue.Builder list = ArrayValue.newBuilder();
        for (AnyValue.Builder element : elements) {
            list.addValues(element);
        }
        return AnyValue.newBuilder().setArrayValue(list);
    }

    private static AnyValue.Builder map(KeyValue... entries) {
        KeyValueList.Builder map = KeyValueList.newBuilder();
        for (KeyValue entry : entries) {
            map.addValues(entry);
        }
        return AnyValue.newBuilder().setKvlistValue(map);
    }
}
