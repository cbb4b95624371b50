package io.tailrace.operators.pairing.waiting;

import io.tailrace.operators.state.IdFilter;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is in memory of the sides whose wait is over in one slice of time. */
final class SideSlice {

    private static final long SALT = 6;
    private static final long LEAST = 1 << 10;

    private final long end;
    private final List<SideMemory.Segment> segments = new ArrayList<>();
    private final BitSet written = new BitSet();
    private long bytes;
    private int writtenSegment;
    private int writtenAt;

    /** Of the calls whose sides only state has; null where there are none. */
    private IdFilter spilledCalls;

    /** Those of them whose sides came back; by hash. */
    private final Set<Long> takenCalls = new HashSet<>();

    /**
     * By millisecond the first side that is due then, of those that came since it was opened; null
     * while none is due.
     */
    private int[] firstDue;

    /** The others in the order of their milliseconds. */
    private int[] due;

    /** By millisecond where in {@link #due} its sides begin; the last is where they end. */
    private int[] begins;

    private int nextDue;

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

    SideMemory.Segment segment(int index) {
        return segments.get(index);
    }

    /** Null where it has none. */
    SideMemory.Segment lastSegment() {
        return segments.isEmpty() ? null : segments.get(segments.size() - 1);
    }

    void add(SideMemory.Segment segment) {
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
        return written;
    }

    /**
     * Says that state alone has the sides of a call.
     *
     * @param expected about how many there will be
     */
    void spill(long callHash, long expected) {
        if (spilledCalls == null) {
            spilledCalls = new IdFilter(SALT, Math.max(LEAST, expected));
        }
        spilledCalls.add(callHash);
        takenCalls.remove(callHash);
    }

    /** Says that what state alone had of a call is in memory again. */
    void setTaken(long callHash) {
        takenCalls.add(callHash);
    }

    /** Says that state alone has none any more. */
    void setLoaded() {
        spilledCalls = null;
        takenCalls.clear();
    }

    /** Whether state alone has sides. */
    boolean isSpilled() {
        return spilledCalls != null;
    }

    boolean mayHaveSpilled(long callHash) {
        return spilledCalls != null
                && spilledCalls.mayContain(callHash)
                && !takenCalls.contains(callHash);
    }

    /**
     * Begins to know its sides by the millisecond they are due.
     *
     * @param sides how many there are of each, by place
     */
    void open(int[] sides) {
        firstDue = new int[sides.length];
        nextDue = 0;
        begins = new int[sides.length + 1];
        for (int place = 0; place < sides.length; place++) {
            begins[place + 1] = begins[place] + sides[place];
        }
        due = new int[begins[sides.length]];
    }

    /**
     * Adds one of those that it was opened for.
     *
     * @param left of its millisecond, this one included
     */
    void due(int place, int left, int address) {
        due[begins[place + 1] - left] = address;
    }

    /** Of those that it was opened for, where in {@link #due(int)} a millisecond's begin. */
    int begin(int place) {
        return begins[place];
    }

    int due(int at) {
        return due[at];
    }

    boolean isOpen() {
        return firstDue != null;
    }

    /**
     * The places of milliseconds: from 0 on, the last is that of the slice's end.
     *
     * @param millis how many there are
     */
    int place(long deadline, int millis) {
        return (int) (deadline - end) + millis - 1;
    }

    int place(long deadline) {
        return place(deadline, firstDue.length);
    }

    int firstDue(int place) {
        return firstDue[place];
    }

    /** Sets the first side of a millisecond, to which the time then goes back if need be. */
    void firstDue(int place, int address) {
        firstDue[place] = address;
        nextDue = Math.min(nextDue, place);
    }

    /** Takes all sides of a millisecond; gives the first of them. */
    int takeDue(int place) {
        int first = firstDue[place];
        firstDue[place] = SideMemory.NONE;
        return first;
    }

    /** The least place that time has not reached. */
    int nextDue() {
        return nextDue;
    }

    void nextDue(int place) {
        nextDue = place;
    }

    /** By arrival, whose wait is over as far as state knows. */
    long toldUntil() {
        return toldUntil;
    }

    void toldUntil(long arrival) {
        toldUntil = arrival;
    }
}
