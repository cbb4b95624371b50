package io.tailrace.operators.sampling.bk;

import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.semconv.Semconv;
import io.tailrace.operators.span.wire.Attributes;
import io.tailrace.operators.span.wire.Attributes.ValueKind;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** A field that conditions may name: finds it in a span, and asks the test of it. */
@FunctionalInterface
interface SpanField {

    String EXPECTED =
            "elapsed_time, start_time, end_time, kind, span_name, span_id, trace_id,"
                    + " parent_span_id, trace_state, status.code, status.message, attributes.<key>,"
                    + " resource.<key>, events.name, events.attributes.<key>, scope.name or"
                    + " scope.version";

    /**
     * @return false where the span has no such field
     */
    boolean test(ResourceView resource, ScopeView scope, SpanView span, ValueTest test);

    /**
     * @param key with a dot, a member of the field before the first of them
     * @param semconv under which names attributes are looked for
     * @return null where there is no such field
     */
    static SpanField of(String key, Semconv semconv) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            return ofSpan(key);
        }
        String member = key.substring(dot + 1);
        return switch (key.substring(0, dot)) {
            case "attributes" -> attribute(member, semconv, (resource, span) -> span.attributes());
            case "resource" ->
                    attribute(member, semconv, (resource, span) -> resource.attributes());
            case "status" -> ofStatus(member);
            case "events" -> ofEvents(member, semconv);
            case "scope" -> ofScope(member);
            default -> null;
        };
    }

    private static SpanField ofSpan(String name) {
        return switch (name) {
            case "elapsed_time" -> number(SpanField::elapsedMicros);
            case "start_time" -> number(span -> micros(span.startUnixNano()));
            case "end_time" -> number(span -> micros(span.endUnixNano()));
            case "kind" -> number(SpanView::kind);
            case "span_name" -> text(SpanView::name);
            case "span_id" -> text(span -> HexFormat.of().toHexDigits(span.spanId()));
            case "trace_id" ->
                    text(span -> new TraceId(span.traceIdHigh(), span.traceIdLow()).hex());
            case "parent_span_id" -> text(SpanField::parent);
            case "trace_state" -> text(SpanView::traceState);
            default -> null;
        };
    }

    private static SpanField ofStatus(String member) {
        return switch (member) {
            case "code" -> number(SpanView::statusCode);
            case "message" -> text(SpanView::statusMessage);
            default -> null;
        };
    }

    /** A condition on events holds where it holds of one of them. */
    private static SpanField ofEvents(String member, Semconv semconv) {
        String attributes = "attributes.";
        if (member.equals("name")) {
            return (resource, scope, span, test) -> {
                for (int i = 0; i < span.eventCount(); i++) {
                    if (test.onText(span.eventName(i))) {
                        return true;
                    }
                }
                return false;
            };
        }
        if (!member.startsWith(attributes)) {
            return null;
        }
        byte[][] keys = keys(member.substring(attributes.length()), semconv);
        return (resource, scope, span, test) -> {
            for (int i = 0; i < span.eventCount(); i++) {
                if (test(span.eventAttributes(i), keys, test)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static SpanField ofScope(String member) {
        return switch (member) {
            case "name" -> scope(ScopeView::name);
            case "version" -> scope(ScopeView::version);
            default -> null;
        };
    }

    private static SpanField scope(Function<ScopeView, String> text) {
        return (resource, scope, span, test) -> {
            String given = text.apply(scope);
            return !given.isEmpty() && test.onText(given);
        };
    }

    private static SpanField number(ToLongFunction<SpanView> number) {
        return (resource, scope, span, test) -> test.onWhole(number.applyAsLong(span));
    }

    private static SpanField text(Function<SpanView, String> text) {
        return (resource, scope, span, test) -> test.onText(text.apply(span));
    }

    /** Where attributes are. */
    @FunctionalInterface
    interface Holder {
        Attributes attributes(ResourceView resource, SpanView span);
    }

    private static SpanField attribute(String name, Semconv semconv, Holder holder) {
        byte[][] keys = keys(name, semconv);
        return (resource, scope, span, test) -> test(holder.attributes(resource, span), keys, test);
    }

    private static byte[][] keys(String name, Semconv semconv) {
        return semconv.names(name).stream()
                .map(each -> each.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /** Of several names the first that is there counts. */
    private static boolean test(Attributes attributes, byte[][] keys, ValueTest test) {
        for (byte[] key : keys) {
            // Null is no value.
            if (attributes.find(key) && attributes.kind() != ValueKind.NONE) {
                return test.onAttribute(attributes);
            }
        }
        return false;
    }

    private static String parent(SpanView span) {
        return span.parentSpanIdLength() == 0
                ? ""
                : HexFormat.of().toHexDigits(span.parentSpanId());
    }

    private static long micros(long nanos) {
        return Long.divideUnsigned(nanos, 1000);
    }

    /** As it is written: the difference of two times in whole microseconds, at least 0. */
    private static long elapsedMicros(SpanView span) {
        return Math.max(0, micros(span.endUnixNano()) - micros(span.startUnixNano()));
    }
}
