package io.tailrace.operators.sampling.evidence;

import io.tailrace.operators.span.wire.Attributes;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;

/**
 * A question asked alike of the attributes of every span, of its events, its scope and its
 * resource.
 */
public interface AttributeCondition extends SpanCondition {

    boolean on(Attributes attributes);

    @Override
    default boolean onSpan(ResourceView resource, ScopeView scope, SpanView span) {
        if (on(span.attributes())) {
            return true;
        }
        for (int event = 0; event < span.eventCount(); event++) {
            if (on(span.eventAttributes(event))) {
                return true;
            }
        }
        return false;
    }

    @Override
    default boolean onScope(ScopeView scope) {
        return on(scope.attributes());
    }

    @Override
    default boolean onResource(ResourceView resource) {
        return on(resource.attributes());
    }
}
