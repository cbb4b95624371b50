package io.tailrace.operators.span.ottl;

import io.tailrace.operators.span.ottl.Expression.Whole;
import io.tailrace.operators.span.wire.Attributes;

import java.util.Map;
import java.util.function.Function;

/** The fields of an event. */
final class EventPaths {

    static final Function<Row, Attributes> ATTRIBUTES = row -> row.span.eventAttributes(row.event);

    static final Map<String, Expression> FIELDS =
            Map.of(
                    "name",
                    SpanPaths.text(
                            row -> row.span.eventName(row.event),
                            (row, is) -> row.span.eventNameIs(row.event, is)),
                    "time",
                    new Whole(Type.TIME, row -> row.span.eventUnixNano(row.event)),
                    "time_unix_nano",
                    SpanPaths.whole(row -> row.span.eventUnixNano(row.event)),
                    "event_index",
                    SpanPaths.whole(row -> row.event),
                    "dropped_attributes_count",
                    SpanPaths.whole(row -> row.span.eventDroppedAttributesCount(row.event)));

    private EventPaths() {}
}
