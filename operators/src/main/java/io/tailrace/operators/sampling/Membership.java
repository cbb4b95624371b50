package io.tailrace.operators.sampling;

import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.state.Gathered;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a decision sees of the chunks of a trace.
 *
 * @param members in the order of their arrival; null where they are all chunks, and none was read
 * @param rest those that come too late for it
 * @param evidence of the members
 * @param duplicates spans left out of the members, for they were there already
 * @param ending what ended it
 * @param decided when: at the deadline, or as it became full or settled
 */
record Membership(
        List<TraceChunk> members,
        List<TraceChunk> rest,
        Evidence evidence,
        int duplicates,
        Ending ending,
        long decided) {

    enum Ending {
        DEADLINE,
        /** The last chunk reached a limit. */
        FULL,
        /** Nothing that might still come would change what becomes of the trace. */
        SETTLED
    }

    /** Whether so many spans and bytes reach a limit. */
    @FunctionalInterface
    interface Limit {
        boolean reached(int spans, long bytes);
    }

    /**
     * Goes by arrival alone: members are all chunks up to the time at which it ended.
     *
     * @param chunks in the order of their arrival
     * @param unique leaves out what is there already; may leave nothing, which is null
     * @param settled asked of growing evidence
     */
    static Membership of(
            List<TraceChunk> chunks,
            long deadline,
            Limit limit,
            UniqueSpans unique,
            ChunkEvidence chunkEvidence,
            Predicate<Evidence> settled) {
        List<TraceChunk> members = new ArrayList<>();
        Evidence evidence = chunkEvidence.empty();
        int duplicates = 0;
        for (int i = 0; i < chunks.size(); i++) {
            long arrival = chunks.get(i).arrival();
            if (arrival > deadline) {
                return new Membership(
                        members,
                        chunks.subList(i, chunks.size()),
                        evidence,
                        duplicates,
                        Ending.DEADLINE,
                        deadline);
            }
            TraceChunk chunk = unique.of(chunks.get(i));
            duplicates += chunks.get(i).spans() - (chunk == null ? 0 : chunk.spans());
            if (chunk != null) {
                members.add(chunk);
                evidence.merge(chunkEvidence.of(chunk));
            }
            boolean full = limit.reached(evidence.spans(), evidence.bytes());
            boolean lastOfItsTime = i + 1 == chunks.size() || chunks.get(i + 1).arrival() > arrival;
            if (full || lastOfItsTime && settled.test(evidence)) {
                return new Membership(
                        members,
                        chunks.subList(i + 1, chunks.size()),
                        evidence,
                        duplicates,
                        full ? Ending.FULL : Ending.SETTLED,
                        arrival);
            }
        }
        return new Membership(members, List.of(), evidence, duplicates, Ending.DEADLINE, deadline);
    }

    /** Of a trace of which all that came is a member, and was gathered already. */
    static Membership ofAll(Gathered gathered, long deadline) {
        return new Membership(null, List.of(), gathered.evidence(), 0, Ending.DEADLINE, deadline);
    }

    /** With the members, read now. */
    Membership with(List<TraceChunk> all) {
        return new Membership(all, rest, evidence, duplicates, ending, decided);
    }

    /**
     * What the members come to.
     *
     * @param fingerprint of the conditions that their evidence was made under
     */
    Gathered gathered(long fingerprint) {
        long latest = members.get(members.size() - 1).arrival();
        return new Gathered(evidence, fingerprint, latest, ending == Ending.SETTLED);
    }
}
