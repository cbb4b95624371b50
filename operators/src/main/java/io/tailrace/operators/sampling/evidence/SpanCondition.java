package io.tailrace.operators.sampling.evidence;

import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;

/**
 * A question asked of every span. One span, or the resource or scope of one, that meets it is
 * enough for the trace to have it.
 */
@FunctionalInterface
public interface SpanCondition {

    boolean onSpan(ResourceView resource, ScopeView scope, SpanView span);

    /** Asked once for each resource, of the traces that have spans there. */
    default boolean onResource(ResourceView resource) {
        return false;
    }

    /** Asked once for each scope, of the traces that have spans there. */
    default boolean onScope(ScopeView scope) {
        return false;
    }
}
