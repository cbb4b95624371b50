package io.tailrace.operators.span.ottl;

import io.tailrace.operators.span.wire.Attributes;

import java.util.Map;
import java.util.function.Function;

/** The fields of the resource that a span comes from. */
final class ResourcePaths {

    static final Function<Row, Attributes> ATTRIBUTES = row -> row.resource.attributes();

    static final Map<String, Expression> FIELDS =
            Map.of(
                    "dropped_attributes_count",
                    SpanPaths.whole(row -> row.resource.droppedAttributesCount()));

    private ResourcePaths() {}
}
