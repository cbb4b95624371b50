package io.tailrace.operators.sampling.evidence;

import io.tailrace.operators.span.wire.OtSamplingView;
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
    private final long[] scopeBits;
    private final boolean probabilities;
    private final OtSamplingView sampling = new OtSamplingView();
    private ResourceView resource;
    private ScopeView scope;
    private long endingBeforeStart;

    public EvidenceFold(SpanConditions conditions) {
        this.conditions = conditions.inOrder();
        this.resourceBits = new long[(this.conditions.length + 63) >>> 6];
        this.scopeBits = new long[resourceBits.length];
        this.probabilities = conditions.askProbabilities();
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
    public void scope(ScopeView next) {
        scope = next;
        Arrays.fill(scopeBits, 0);
        for (int i = 0; i < conditions.length; i++) {
            if (conditions[i].onScope(next)) {
                scopeBits[i >>> 6] |= 1L << i;
            }
        }
    }

    @Override
    public void span(int trace, SpanView span) {
        if (trace == traces.size()) {
            traces.add(new Evidence(conditions.length));
        }
        Evidence evidence = traces.get(trace);
        evidence.addSpan(span.startUnixNano(), span.endUnixNano());
        evidence.setAll(resourceBits);
        evidence.setAll(scopeBits);
        for (int i = 0; i < conditions.length; i++) {
            if (!evidence.has(i) && conditions[i].onSpan(resource, scope, span)) {
                evidence.set(i);
            }
        }
        if (probabilities) {
            sampling.read(span);
            evidence.addProbability(sampling.threshold(), sampling.randomness());
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
