package io.tailrace.operators.sampling.evidence;

import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;
import io.tailrace.operators.span.wire.SpanVisitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes the evidence of each trace of a request while its spans go by. */
public final class EvidenceFold implements SpanVisitor {

    private final SpanCondition[] conditions;
    private final List<Evidence> traces = new ArrayList<>();
    private final long[] resourceBits;
    private ResourceView resource;
    private long endingBeforeStart;

    public EvidenceFold(SpanConditions conditions) {
        this.conditions = conditions.inOrder();
        this.resourceBits = new long[(this.conditions.length + 63) >>> 6];
    }

    /** Begins anew. */
    public void clear() {
        traces.clear();
        endingBeforeStart = 0;
    }

    /** The evidence of a trace by its number in the request; the caller's to keep. */
    public Evidence evidence(int trace) {
        return traces.get(trace);
    }

    /** Spans since {@link #clear} that end before they start. */
    public long endingBeforeStart() {
        return endingBeforeStart;
    }

    @Override
    public void resource(ResourceView next) {
        resource = next;
        Arrays.fill(resourceBits, 0);
        for (int i = 0; i < conditions.length; i++) {
            if (conditions[i].onResource(next)) {
                resourceBits[i >>> 6] |= 1L << i;
            }
        }
    }

    @Override
    public void scope(ScopeView scope) {}

    @Override
    public void span(int trace, SpanView span) {
        if (trace == traces.size()) {
            traces.add(new Evidence(conditions.length));
        }
        Evidence evidence = traces.get(trace);
        evidence.addSpan(span.startUnixNano(), span.endUnixNano());
        evidence.setAll(resourceBits);
        for (int i = 0; i < conditions.length; i++) {
            if (!evidence.has(i) && conditions[i].onSpan(span)) {
                evidence.set(i);
            }
        }
        if (span.isRoot()) {
            evidence.addRoot(
                    span.startUnixNano(), span.spanId(), resource.serviceName(), span.name());
        }
        if (Long.compareUnsigned(span.endUnixNano(), span.startUnixNano()) < 0) {
            endingBeforeStart++;
        }
    }
}
