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

    /** One bit for each condition. */
    private final long[] asked;

    private final boolean probabilities;
    private final OtSamplingView sampling = new OtSamplingView();
    private ResourceView resource;
    private ScopeView scope;

    public EvidenceFold(SpanConditions conditions) {
        this.conditions = conditions.inOrder();
        this.resourceBits = new long[(this.conditions.length + 63) >>> 6];
        this.scopeBits = new long[resourceBits.length];
        this.asked = new long[resourceBits.length];
        for (int i = 0; i < this.conditions.length; i++) {
            asked[i >>> 6] |= 1L << i;
        }
        this.probabilities = conditions.askProbabilities();
    }

    /** Begins anew. */
    public void clear() {
        traces.clear();
    }

    /** The evidence of a trace by its number in the request; the caller's to keep. */
    public Evidence evidence(int trace) {
        return traces.get(trace);
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

    /** Asks only what no span of the trace has met so far. */
    private void ask(long[] bits, SpanView span) {
        for (int word = 0; word < bits.length; word++) {
            long open = ~bits[word] & asked[word];
            while (open != 0) {
                int bit = Long.numberOfTrailingZeros(open);
                open &= open - 1;
                if (conditions[word << 6 | bit].onSpan(resource, scope, span)) {
                    bits[word] |= 1L << bit;
                }
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
        ask(evidence.bits(), span);
        if (probabilities) {
            sampling.read(span);
            evidence.addProbability(sampling.threshold(), sampling.randomness());
        }
        if (span.isRoot()) {
            evidence.addRoot(
                    span.startUnixNano(), span.spanId(), resource.serviceName(), span.name());
        }
    }
}
