package io.tailrace.operators.sampling.evidence;

import io.tailrace.operators.span.wire.Attributes;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.SpanView;

/** A question asked of the attributes of every span and of its resource alike. */
@FunctionalInterface
public interface AttributeCondition extends SpanCondition {

    boolean on(Attributes attributes);

    @Override
    default boolean onSpan(SpanView span) {
        return on(span.attributes());
    }

    @Override
    default boolean onResource(ResourceView resource) {
        return on(resource.attributes());
    }
}
