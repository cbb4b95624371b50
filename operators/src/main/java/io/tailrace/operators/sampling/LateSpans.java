package io.tailrace.operators.sampling;

import io.tailrace.operators.sampling.decision.CompiledPolicies;
import io.tailrace.operators.sampling.decision.Decision;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.TraceKnowledge;
import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.state.DecidedTrace;

import java.util.List;
import java.util.function.Predicate;

/** Lets spans that come after the decision follow it, or has it reconsidered. */
final class LateSpans {

    private final CompiledPolicies policies;
    private final ChunkEvidence chunkEvidence;
    private final KeptSpansMaker keptSpans;
    private final Predicate<DecisionRecord> isFull;
    private final SamplerMetrics counts;
    private final SamplerOutput output;

    /**
     * @param isFull whether a trace had reached a limit when it was decided
     */
    LateSpans(
            CompiledPolicies policies,
            ChunkEvidence chunkEvidence,
            KeptSpansMaker keptSpans,
            Predicate<DecisionRecord> isFull,
            SamplerMetrics counts,
            SamplerOutput output) {
        this.policies = policies;
        this.chunkEvidence = chunkEvidence;
        this.keptSpans = keptSpans;
        this.isFull = isFull;
        this.counts = counts;
        this.output = output;
    }

    /** What is remembered of the trace from now on. */
    DecidedTrace follow(DecidedTrace before, TraceChunk chunk) {
        DecidedTrace decided = reconsidered(before.withLate(chunk.evidence()), chunk);
        DecisionRecord record = decided.record();
        KeptSpans kept =
                keptSpans.isHandedOn(record.decision().verdict())
                        ? keptSpans.make(
                                chunk.traceId(),
                                record.decision(),
                                List.of(chunk),
                                chunk.spans(),
                                decided.keptSpans())
                        : null;
        int count = kept == null ? 0 : kept.spans();
        counts.followed(decided, chunk, count, isFull.test(before.record()));
        if (kept != null) {
            output.keep(kept, chunk.arrival());
        }
        DecidedTrace then = decided.kept(count);
        return record.sampled() && count < chunk.spans() ? then.incomplete() : then;
    }

    /**
     * Asks again where late spans may turn a trace that was not sampled into one that is. Under
     * other policies than those that decided, what they saw is of no use.
     */
    private DecidedTrace reconsidered(DecidedTrace decided, TraceChunk chunk) {
        if (decided.whole() == null || decided.fingerprint() != chunkEvidence.fingerprint()) {
            return decided;
        }
        Evidence whole = decided.whole().copy();
        whole.merge(chunkEvidence.of(chunk));
        DecidedTrace grown = decided.with(whole);
        TraceKnowledge known = new TraceKnowledge(chunk.traceId(), whole, true);
        Decision again = policies.reconsider(decided.record().decision(), known);
        if (again.verdict() != Verdict.SAMPLED) {
            return grown;
        }
        DecisionRecord record = grown.record().reconsidered(again, whole);
        counts.reconsidered(record);
        output.record(record, chunk.arrival());
        return grown.reconsidered(record);
    }

    /** Tells the totals of a trace that had late spans, as it is forgotten. */
    void sumUp(DecidedTrace decided) {
        DecisionRecord record = decided.record();
        if (decided.isToBeTold()) {
            counts.summedUp(record);
            output.record(record, decided.expires());
        }
    }
}
