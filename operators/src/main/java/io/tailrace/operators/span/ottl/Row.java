package io.tailrace.operators.span.ottl;

import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;

/** What a condition is asked of. One serves all spans in turn. */
final class Row {

    ResourceView resource;
    ScopeView scope;
    SpanView span;

    /** The event's index in the span, where the condition is on events. */
    int event;

    void set(ResourceView nextResource, ScopeView nextScope, SpanView nextSpan, int nextEvent) {
        resource = nextResource;
        scope = nextScope;
        span = nextSpan;
        event = nextEvent;
    }
}
