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
    private final int mostSpans;
    private final long mostBytes;

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
        mostSpans = settings.maxSpansPerTrace();
        mostBytes = settings.maxBytesPerTrace().bytes();
    }

    /**
     * Gathers a chunk that is about to be added. What is late is not gathered, nor what cannot
     * change anything.
     */
    void add(ResidentTrace trace, OpenTrace open, TraceChunk chunk) throws IOException {
        if (open.isSettled() || chunk.arrival() > open.deadline()) {
            return;
        }
        Gathered gathered = open.gathered();
        if (gathered == null || gathered.fingerprint() != chunkEvidence.fingerprint()) {
            gathered = anew(trace, open, chunk.arrival());
            open.gathered(gathered);
        }
        gathered.add(chunkEvidence.of(chunk), chunk.arrival());
        if (settings.eagerRelease() && isSettled(chunk.traceId(), gathered.evidence())) {
            gathered.settle();
        }
    }

    /** Of what is there already, which comes from a savepoint made under other policies. */
    private Gathered anew(ResidentTrace trace, OpenTrace open, long arrival) throws IOException {
        Gathered gathered =
                new Gathered(chunkEvidence.empty(), chunkEvidence.fingerprint(), arrival, false);
        if (!open.isEmpty()) {
            for (TraceChunk each : openTraces.chunks(trace)) {
                gathered.add(chunkEvidence.of(each), each.arrival());
            }
        }
        return gathered;
    }

    private boolean isSettled(TraceId traceId, Evidence evidence) {
        return policies.areSettled(new TraceKnowledge(traceId, evidence, false));
    }

    boolean isFull(int spans, long bytes) {
        return spans >= mostSpans || bytes >= mostBytes;
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
