package io.tailrace.operators.span.ottl;

import io.tailrace.operators.span.wire.Attributes;

import java.util.Map;
import java.util.function.Function;

/** The fields of a span's instrumentation scope. */
final class ScopePaths {

    static final Function<Row, Attributes> ATTRIBUTES = row -> row.scope.attributes();

    static final Map<String, Expression> FIELDS =
            Map.of(
                    "name",
                    SpanPaths.text(row -> row.scope.name(), (row, is) -> row.scope.nameIs(is)),
                    "version",
                    SpanPaths.text(
                            row -> row.scope.version(), (row, is) -> row.scope.versionIs(is)),
                    "dropped_attributes_count",
                    SpanPaths.whole(row -> row.scope.droppedAttributesCount()));

    private ScopePaths() {}
}
