package io.tailrace.operators.sampling;

import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.evidence.EvidenceFold;
import io.tailrace.operators.sampling.evidence.SpanConditions;
import io.tailrace.operators.span.wire.RequestSplitter;

/**
 * Gives the evidence of chunks under the running policies. A chunk from a savepoint may carry
 * evidence made under others; it is made anew from the chunk's bytes.
 */
final class ChunkEvidence {

    private final int conditionCount;
    private final long fingerprint;
    private final EvidenceFold fold;
    private final RequestSplitter splitter = new RequestSplitter();

    ChunkEvidence(SpanConditions conditions) {
        conditionCount = conditions.count();
        fingerprint = conditions.fingerprint();
        fold = new EvidenceFold(conditions);
    }

    /** Of no span. */
    Evidence empty() {
        return new Evidence(conditionCount);
    }

    Evidence of(TraceChunk chunk) {
        return chunk.fingerprint() == fingerprint ? chunk.evidence() : made(chunk.otlp());
    }

    /** With evidence, where it has none of these conditions. */
    TraceChunk read(TraceChunk chunk) {
        return chunk.fingerprint() == fingerprint
                ? chunk
                : remade(chunk, chunk.otlp(), chunk.spanIds());
    }

    long fingerprint() {
        return fingerprint;
    }

    /** What is left of a chunk, with the evidence of that. */
    TraceChunk remade(TraceChunk chunk, byte[] otlp, long[] spanIds) {
        return new TraceChunk(
                chunk.traceId(), chunk.arrival(), otlp, made(otlp), fingerprint, spanIds);
    }

    private Evidence made(byte[] request) {
        fold.clear();
        try {
            splitter.split(
                    request,
                    (reason, error, bytes, from, to) -> {
                        throw new IllegalStateException("A span that was good once: " + error);
                    },
                    fold,
                    (trace, high, low, spans, otlp) -> {});
        } catch (UnreadableException fault) {
            throw new IllegalStateException("A chunk that was good once", fault);
        }
        Evidence evidence = fold.evidence(0);
        evidence.bytes(request.length);
        return evidence;
    }
}
