package io.tailrace.operators.sampling.decision;

import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.serialization.ValueTypeInformation;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.tracestate.SamplingThreshold;

/**
 * The record that each decision leaves; a second one, {@link Trigger#LATE}, follows where spans
 * came late. Its key is (trace id, decided, trigger).
 *
 * @param decision the verdict, who won, and how each policy voted
 * @param trigger why it was decided then
 * @param spans all spans known, late ones included
 * @param bytes their size as OTLP protobuf
 * @param startUnixNano the earliest start of a span, unsigned
 * @param endUnixNano the latest end of a span, unsigned
 * @param rootService the root's service; null where it is unknown
 * @param rootName the root's name; null where no root was seen
 * @param firstSeen least arrival, milliseconds since the epoch
 * @param decided when it was decided, in arrival time, milliseconds since the epoch
 * @param lateSpans those of {@code spans} that came after the decision
 * @param adjustedCount for how many traces a kept one stands; null where that is not known
 * @param complete whether all spans of a kept trace were handed on
 */
public record DecisionRecord(
        TraceId traceId,
        Decision decision,
        Trigger trigger,
        int spans,
        long bytes,
        long startUnixNano,
        long endUnixNano,
        String rootService,
        String rootName,
        long firstSeen,
        long decided,
        int lateSpans,
        Double adjustedCount,
        boolean complete) {

    public static final ValueTypeInformation<DecisionRecord> TYPE =
            new ValueTypeInformation<>(DecisionRecord.class, new DecisionRecordSerializer());

    public static DecisionRecord of(
            TraceId traceId,
            Decision decision,
            Trigger trigger,
            Evidence evidence,
            long firstSeen,
            long decided,
            boolean complete) {
        return new DecisionRecord(
                traceId,
                decision,
                trigger,
                evidence.spans(),
                evidence.bytes(),
                evidence.startUnixNano(),
                evidence.endUnixNano(),
                evidence.rootService(),
                evidence.rootName(),
                firstSeen,
                decided,
                0,
                adjustedCount(decision, evidence),
                complete);
    }

    /** By the greater of the threshold here and the one that spans came with. */
    private static Double adjustedCount(Decision decision, Evidence evidence) {
        return decision.threshold() == null
                ? null
                : SamplingThreshold.adjustedCount(
                        Math.max(decision.threshold(), evidence.threshold()));
    }

    /** The sum after more spans came late. */
    public DecisionRecord withLate(Evidence late) {
        boolean newRoot = rootName == null && late.hasRoot();
        return new DecisionRecord(
                traceId,
                decision,
                Trigger.LATE,
                spans + late.spans(),
                bytes + late.bytes(),
                least(startUnixNano, late.startUnixNano()),
                greatest(endUnixNano, late.endUnixNano()),
                newRoot ? late.rootService() : rootService,
                newRoot ? late.rootName() : rootName,
                firstSeen,
                decided,
                lateSpans + late.spans(),
                adjustedCount,
                complete);
    }

    /** What it became when late spans had it reconsidered; what came before them is lost. */
    public DecisionRecord reconsidered(Decision again, Evidence whole) {
        return new DecisionRecord(
                traceId,
                again,
                Trigger.LATE,
                spans,
                bytes,
                startUnixNano,
                endUnixNano,
                rootService,
                rootName,
                firstSeen,
                decided,
                lateSpans,
                adjustedCount(again, whole),
                false);
    }

    /** The same of a trace of which not all was handed on. */
    public DecisionRecord incomplete() {
        return new DecisionRecord(
                traceId,
                decision,
                trigger,
                spans,
                bytes,
                startUnixNano,
                endUnixNano,
                rootService,
                rootName,
                firstSeen,
                decided,
                lateSpans,
                adjustedCount,
                false);
    }

    private static long least(long a, long b) {
        return Long.compareUnsigned(a, b) <= 0 ? a : b;
    }

    private static long greatest(long a, long b) {
        return Long.compareUnsigned(a, b) >= 0 ? a : b;
    }

    public boolean sampled() {
        return decision.verdict() == Verdict.SAMPLED;
    }

    /** From the earliest start to the latest end in whole milliseconds. */
    public long durationMillis() {
        return Evidence.durationMillis(startUnixNano, endUnixNano);
    }
}
