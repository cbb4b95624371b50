package io.tailrace.operators.span.ottl;

import io.tailrace.operators.span.OtlpNames;
import io.tailrace.operators.span.ottl.Expression.Computed;
import io.tailrace.operators.span.ottl.Expression.Text;
import io.tailrace.operators.span.ottl.Expression.Whole;
import io.tailrace.operators.span.wire.Attributes;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import static java.util.Map.entry;

/** The fields of a span. */
final class SpanPaths {

    static final Function<Row, Attributes> ATTRIBUTES = row -> row.span.attributes();

    private static final List<String> KINDS =
            List.of("Unspecified", "Internal", "Server", "Client", "Producer", "Consumer");
    static final Map<String, Expression> FIELDS =
            Map.ofEntries(
                    entry("name", text(row -> row.span.name(), (row, is) -> row.span.nameIs(is))),
                    entry("kind", whole(row -> row.span.kind())),
                    entry("kind.string", kind(KINDS)),
                    entry("kind.deprecated_string", kind(OtlpNames.SPAN_KINDS)),
                    entry("status.code", whole(row -> row.span.statusCode())),
                    entry(
                            "status.message",
                            text(
                                    row -> row.span.statusMessage(),
                                    (row, is) -> row.span.statusMessageIs(is))),
                    entry("trace_id", new Computed(Type.BYTES, SpanPaths::traceId)),
                    entry("trace_id.string", hexadecimal(SpanPaths::traceId)),
                    entry("span_id", bytes(row -> row.span.spanId())),
                    entry("span_id.string", hexadecimal(row -> bytesOf(row.span.spanId()))),
                    entry("parent_span_id", bytes(row -> row.span.parentSpanId())),
                    entry(
                            "parent_span_id.string",
                            hexadecimal(row -> bytesOf(row.span.parentSpanId()))),
                    entry(
                            "trace_state",
                            text(
                                    row -> row.span.traceState(),
                                    (row, is) -> row.span.traceStateIs(is))),
                    entry("flags", whole(row -> row.span.flags() & 0xffff_ffffL)),
                    entry("start_time_unix_nano", whole(row -> row.span.startUnixNano())),
                    entry("end_time_unix_nano", whole(row -> row.span.endUnixNano())),
                    entry("start_time", new Whole(Type.TIME, row -> row.span.startUnixNano())),
                    entry("end_time", new Whole(Type.TIME, row -> row.span.endUnixNano())),
                    entry(
                            "duration",
                            new Whole(
                                    Type.DURATION,
                                    row ->
                                            Arithmetic.clampedDifference(
                                                    row.span.endUnixNano(),
                                                    row.span.startUnixNano()))),
                    entry(
                            "dropped_attributes_count",
                            whole(row -> row.span.droppedAttributesCount())),
                    entry("dropped_events_count", whole(row -> row.span.droppedEventsCount())),
                    entry("dropped_links_count", whole(row -> row.span.droppedLinksCount())));

    private SpanPaths() {}

    static Expression whole(ToLongFunction<Row> number) {
        return new Whole(Type.INT, number);
    }

    static Expression text(Function<Row, String> text, Expression.SameText same) {
        return new Text(text, same);
    }

    /** An unknown kind has no name. */
    private static Expression kind(List<String> names) {
        return new Computed(
                Type.STRING,
                row -> {
                    int kind = row.span.kind();
                    return kind >= 0 && kind < names.size() ? names.get(kind) : "";
                });
    }

    private static byte[] traceId(Row row) {
        return ByteBuffer.allocate(16)
                .putLong(row.span.traceIdHigh())
                .putLong(row.span.traceIdLow())
                .array();
    }

    private static Expression bytes(ToLongFunction<Row> id) {
        return new Computed(Type.BYTES, row -> bytesOf(id.applyAsLong(row)));
    }

    private static byte[] bytesOf(long id) {
        return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
    }

    private static Expression hexadecimal(Function<Row, byte[]> id) {
        return new Computed(Type.STRING, row -> HexFormat.of().formatHex(id.apply(row)));
    }
}
