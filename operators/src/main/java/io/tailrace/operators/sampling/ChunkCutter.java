package io.tailrace.operators.sampling;

import io.tailrace.operators.input.Rejects;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.sampling.decision.CompiledPolicies;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.evidence.EvidenceFold;
import io.tailrace.operators.sampling.evidence.SpanConditions;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.wire.RequestSplitter;
import io.tailrace.operators.span.wire.RequestWalker;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;
import io.tailrace.operators.span.wire.SpanVisitor;

import java.util.function.Consumer;

/**
 * Cuts requests into a chunk for each trace, and folds the evidence of each in the same pass. For
 * one thread.
 */
public final class ChunkCutter {

    private static final long[] NO_IDS = {};

    private final boolean deduplicate;
    private final long fingerprint;
    private final EvidenceFold fold;
    private final RequestSplitter splitter = new RequestSplitter();

    public ChunkCutter(SamplingSettings settings) {
        SpanConditions conditions = new CompiledPolicies(settings).conditions();
        deduplicate = settings.deduplicate();
        fingerprint = conditions.fingerprint();
        fold = new EvidenceFold(conditions);
    }

    /**
     * @param arrival of the request, and so of its chunks
     * @param others see the same spans in the same pass
     * @param out gets the chunks, in the order of their first spans
     * @throws UnreadableException where nothing of the request can be read
     */
    public void cut(
            byte[] otlp,
            long arrival,
            Rejects rejects,
            RequestWalker.Spans others,
            Consumer<TraceChunk> out)
            throws UnreadableException {
        fold.clear();
        splitter.split(
                otlp,
                rejects,
                new Shown(others),
                (trace, high, low, spans, chunk) ->
                        out.accept(chunk(trace, new TraceId(high, low), chunk, arrival)));
    }

    private TraceChunk chunk(int trace, TraceId id, byte[] otlp, long arrival) {
        Evidence evidence = fold.evidence(trace);
        evidence.bytes(otlp.length);
        long[] spanIds = deduplicate ? splitter.spanIds(trace) : NO_IDS;
        return new TraceChunk(id, arrival, otlp, evidence, fingerprint, spanIds);
    }

    /** Shows each span to the fold and to the others. */
    private final class Shown implements SpanVisitor {
        private final RequestWalker.Spans others;

        Shown(RequestWalker.Spans others) {
            this.others = others;
        }

        @Override
        public void resource(ResourceView resource) {
            fold.resource(resource);
            others.resource(resource);
        }

        @Override
        public void scope(ScopeView scope) {
            fold.scope(scope);
            others.scope(scope);
        }

        @Override
        public void span(int trace, SpanView span) {
            fold.span(trace, span);
            others.span(span);
        }
    }
}
