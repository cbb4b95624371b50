package io.tailrace.operators.sampling;

import io.tailrace.operators.sampling.decision.CompiledPolicies;
import io.tailrace.operators.sampling.decision.Decision;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.TraceKnowledge;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.limit.Buckets;
import io.tailrace.operators.sampling.state.Deadlines;
import io.tailrace.operators.sampling.state.DecidedTrace;
import io.tailrace.operators.sampling.state.DecidedTraces;
import io.tailrace.operators.span.TraceId;

/** Decides traces: asks the limiters, hands on what is kept, and remembers the decision. */
final class Decider {

    private final SamplingSettings settings;
    private final CompiledPolicies policies;
    private final Deadlines deadlines;
    private final long fingerprint;
    private final Buckets buckets;
    private final KeptSpansMaker keptSpans;
    private final DecidedTraces decidedTraces;
    private final LateSpans lateSpans;
    private final SamplerMetrics counts;
    private final SamplerOutput results;

    Decider(
            SamplingSettings settings,
            CompiledPolicies policies,
            Deadlines deadlines,
            long fingerprint,
            Buckets buckets,
            KeptSpansMaker keptSpans,
            DecidedTraces decidedTraces,
            LateSpans lateSpans,
            SamplerMetrics counts,
            SamplerOutput results) {
        this.settings = settings;
        this.policies = policies;
        this.deadlines = deadlines;
        this.fingerprint = fingerprint;
        this.buckets = buckets;
        this.keptSpans = keptSpans;
        this.decidedTraces = decidedTraces;
        this.lateSpans = lateSpans;
        this.counts = counts;
        this.results = results;
    }

    void decide(ReadyTrace ready, long watermark) throws Exception {
        Membership membership = ready.membership();
        Evidence evidence = membership.evidence();
        if (policies.needLimiters(ready.votes())) {
            // A full trace may be ahead of the watermark, and of others that are still to be asked.
            buckets.fill(Math.min(membership.decided(), watermark));
            policies.askLimiters(
                    ready.votes(), new TraceKnowledge(ready.traceId(), evidence, true), buckets);
        }
        Decision decision = ready.votes().decision();
        KeptSpans kept =
                keptSpans.isHandedOn(decision.verdict())
                        ? keptSpans.make(
                                ready.traceId(),
                                decision,
                                membership.members(),
                                evidence.spans(),
                                0)
                        : null;
        int count = kept == null ? 0 : kept.spans();
        DecisionRecord record =
                DecisionRecord.of(
                        ready.traceId(),
                        decision,
                        ready.trigger(),
                        evidence,
                        ready.open().firstSeen(),
                        membership.decided(),
                        decision.verdict() != Verdict.SAMPLED || count == evidence.spans());
        counts.duplicates(membership.duplicates());
        counts.decided(record, count, watermark);
        results.record(record, record.decided());
        if (kept != null) {
            results.keep(kept, record.decided());
        }
        remember(ready, record, count);
    }

    private void remember(ReadyTrace ready, DecisionRecord record, int kept) throws Exception {
        boolean again =
                settings.lateSpans() == SamplingSettings.LateSpans.RECONSIDER
                        && record.decision().verdict() == Verdict.NOT_SAMPLED;
        // What would have been a member follows an early decision, however short the memory is.
        long deadline =
                ready.trigger() == Trigger.EAGER ? deadlines.of(ready.open()) : record.decided();
        long memory = plus(record.decided(), settings.decisionTtl().toMillis());
        // Where there was a decision before, one is left that the watermark has not ended yet.
        DecidedTrace before = ready.open().reopened() ? decidedTraces.get(ready.traceId()) : null;
        if (before != null) {
            forget(ready.traceId(), before);
        }
        decidedTraces.put(
                ready.traceId(),
                new DecidedTrace(
                        record,
                        Math.max(memory, deadline),
                        deadline,
                        kept,
                        again ? ready.membership().evidence() : null,
                        fingerprint,
                        false));
    }

    private static long plus(long time, long wait) {
        return time > Long.MAX_VALUE - wait ? Long.MAX_VALUE : time + wait;
    }

    /** Forgets a decision, once all that followed it is told. */
    void forget(TraceId id, DecidedTrace decided) throws Exception {
        lateSpans.sumUp(decided);
        decidedTraces.remove(id, decided);
    }
}
