package io.tailrace.operators.sampling;

import io.tailrace.operators.sampling.decision.CompiledPolicies;
import io.tailrace.operators.sampling.decision.TraceKnowledge;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.state.Gathered;
import io.tailrace.operators.sampling.state.OpenTrace;
import io.tailrace.operators.sampling.state.OpenTraces;
import io.tailrace.operators.sampling.state.ResidentTrace;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** Says what open traces have come to, chunk by chunk and in the end. */
final class Gathering {

    private static final Comparator<TraceChunk> BY_ARRIVAL =
            Comparator.comparingLong(TraceChunk::arrival);

    private final SamplingSettings settings;
    private final CompiledPolicies policies;
    private final ChunkEvidence chunkEvidence;
    private final Deduplicator deduplicator;
    private final OpenTraces openTraces;

    Gathering(
            SamplingSettings settings,
            CompiledPolicies policies,
            ChunkEvidence chunkEvidence,
            Deduplicator deduplicator,
            OpenTraces openTraces) {
        this.settings = settings;
        this.policies = policies;
        this.chunkEvidence = chunkEvidence;
        this.deduplicator = deduplicator;
        this.openTraces = openTraces;
    }

    /** With one more chunk. What is late is not gathered, nor what cannot change anything. */
    Gathered with(ResidentTrace trace, OpenTrace before, TraceChunk chunk) throws IOException {
        Gathered gathered = before.gathered();
        if (before.isSettled() || chunk.arrival() > before.deadline()) {
            return gathered;
        }
        Evidence evidence = chunkEvidence.empty();
        long latest = chunk.arrival();
        if (gathered != null && gathered.fingerprint() == chunkEvidence.fingerprint()) {
            evidence.merge(gathered.evidence());
            latest = Math.max(latest, gathered.latest());
        } else if (!before.isEmpty()) {
            // It comes from a savepoint made under other policies.
            for (TraceChunk each : openTraces.chunks(trace)) {
                evidence.merge(chunkEvidence.of(each));
                latest = Math.max(latest, each.arrival());
            }
        }
        evidence.merge(chunkEvidence.of(chunk));
        boolean settled = settings.eagerRelease() && isSettled(chunk.traceId(), evidence);
        return new Gathered(evidence, chunkEvidence.fingerprint(), latest, settled);
    }

    private boolean isSettled(TraceId traceId, Evidence evidence) {
        return policies.areSettled(new TraceKnowledge(traceId, evidence, false));
    }

    boolean isFull(int spans, long bytes) {
        return spans >= settings.maxSpansPerTrace() || bytes >= settings.maxBytesPerTrace().bytes();
    }

    /** What a decision sees of a trace whose deadline is that. */
    Membership membership(ResidentTrace trace, OpenTrace open, long deadline) throws IOException {
        if (isAllGathered(open, deadline)) {
            return Membership.ofAll(open.gathered(), deadline);
        }
        return Membership.of(
                chunks(trace),
                deadline,
                this::isFull,
                settings.deduplicate() ? deduplicator.once() : UniqueSpans.off(),
                chunkEvidence,
                evidence ->
                        settings.eagerRelease()
                                && open.isSettled()
                                && isSettled(trace.id(), evidence));
    }

    /** Whether nothing else could be found out by looking at the chunks, of which few are kept. */
    private boolean isAllGathered(OpenTrace open, long deadline) {
        Gathered gathered = open.gathered();
        return gathered != null
                && gathered.fingerprint() == chunkEvidence.fingerprint()
                && gathered.evidence().spans() == open.spans()
                && gathered.evidence().bytes() == open.bytes()
                && gathered.latest() <= deadline
                && !gathered.settled()
                && !settings.deduplicate()
                && !isFull(open.spans(), open.bytes());
    }

    /** In the order of their arrival. */
    List<TraceChunk> chunks(ResidentTrace trace) throws IOException {
        List<TraceChunk> chunks = openTraces.chunks(trace);
        chunks.sort(BY_ARRIVAL);
        return chunks;
    }
}
