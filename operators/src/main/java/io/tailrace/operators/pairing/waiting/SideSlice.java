package io.tailrace.operators.pairing.waiting;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What there is of the sides whose wait is over in one slice of time: what is in memory, and how
 * much of that, and what beside it, is in state.
 */
final class SideSlice {

    private final long end;
    private final List<Segment> segments = new ArrayList<>();
    private final BitSet lists = new BitSet();
    private long bytes;
    private int writtenSegment;
    private int writtenAt;

    /** Null where state alone has none. */
    private SpilledCalls spilledCalls;

    /** Null until the first is due. */
    private DueOrder due;

    /** Whose wait had ended, as state was told; by arrival. */
    private long toldUntil = Long.MIN_VALUE;

    SideSlice(long end) {
        this.end = end;
    }

    /** The latest deadline in it. */
    long end() {
        return end;
    }

    int segments() {
        return segments.size();
    }

    Segment segment(int index) {
        return segments.get(index);
    }

    /** Null where it has none. */
    Segment lastSegment() {
        return segments.isEmpty() ? null : segments.get(segments.size() - 1);
    }

    void add(Segment segment) {
        segments.add(segment);
        bytes += segment.length();
    }

    /** What it takes in memory. */
    long bytes() {
        return bytes;
    }

    void clearSegments() {
        segments.clear();
        bytes = 0;
        writtenSegment = 0;
        writtenAt = 0;
    }

    /** Says that all that is in memory is in state too. */
    void setWritten() {
        writtenSegment = Math.max(0, segments.size() - 1);
        writtenAt = segments.isEmpty() ? 0 : lastSegment().end();
    }

    boolean isWritten(int segment, int at) {
        return segment < writtenSegment || segment == writtenSegment && at < writtenAt;
    }

    /** Whether there is something in memory that state does not have. */
    boolean isUnwritten() {
        return !segments.isEmpty() && !isWritten(segments.size() - 1, lastSegment().end() - 1);
    }

    /** Whether state does not have most of what is in memory. */
    boolean isMostlyUnwritten() {
        long all = 0;
        long unwritten = -writtenAt;
        for (int i = 0; i < segments.size(); i++) {
            all += segments.get(i).end();
            unwritten += i < writtenSegment ? 0 : segments.get(i).end();
        }
        return 2 * unwritten > all;
    }

    int writtenSegment() {
        return writtenSegment;
    }

    int writtenAt() {
        return writtenAt;
    }

    /** The places of the key groups that have a list in state. */
    BitSet lists() {
        return lists;
    }

    /**
     * Says that state alone has the sides of a call.
     *
     * @param expected about how many there will be
     */
    void spill(long callHash, long expected) {
        if (spilledCalls == null) {
            spilledCalls = new SpilledCalls(expected);
        }
        spilledCalls.add(callHash);
    }

    /** Says that state alone has none any more. */
    void setLoaded() {
        spilledCalls = null;
    }

    /** Whether state alone has sides. */
    boolean isSpilled() {
        return spilledCalls != null;
    }

    /** Those whose sides only state may have; null where there are none. */
    SpilledCalls spilledCalls() {
        return spilledCalls;
    }

    /** Begins to know which of its sides are due when. */
    void open(DueOrder order) {
        due = order;
    }

    boolean isOpen() {
        return due != null;
    }

    /** Null where it is not open. */
    DueOrder due() {
        return due;
    }

    /** By arrival, whose wait is over as far as state knows. */
    long toldUntil() {
        return toldUntil;
    }

    void toldUntil(long arrival) {
        toldUntil = arrival;
    }
}
