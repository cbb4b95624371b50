package io.tailrace.operators.span.ottl;

/** What a condition is asked of, and so what a path without a prefix begins at. */
enum Context {
    SPAN,
    SPAN_EVENT
}
