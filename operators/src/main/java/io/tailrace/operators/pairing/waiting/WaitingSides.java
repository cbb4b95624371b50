package io.tailrace.operators.pairing.waiting;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyedStateBackend;

import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.wire.Hashes;
import io.tailrace.operators.state.ExpirySlices;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Sides that wait for their other sides. Two belong together where they are of one call, a caller
 * and a callee, and arrive at most the wait apart, whichever comes first. A callee waits until it
 * finds its caller; a caller waits on for others, so that which of them is first does not matter. A
 * side whose wait is over, that is event time has passed its arrival by that, is told by itself if
 * it was never paired.
 *
 * <p>What they mean is for a {@link PairListener} to know: of a side only its trace, call, span,
 * kind and arrival are looked at, the rest is handed on. A span that is a caller and a callee is
 * added twice, once as each.
 *
 * <p>Sides are in {@linkplain SideMemory memory}, as many as a budget of bytes has room for. Before
 * a snapshot what came since the last one, and still waits, goes to a {@linkplain SideLog log} in
 * keyed state; what was paired between two snapshots costs state nothing. Where room is needed, the
 * oldest slices of time are in the log alone: one of their sides comes back when another of its
 * call comes, all of them when they are due. There are no timers.
 *
 * <p>Every method but those that tell sizes may change the current key.
 */
public final class WaitingSides {

    /** Further than any clock goes, so that nothing waits longer than to the end of time. */
    private static final long LATEST = Long.MAX_VALUE / 2;

    /** Of a caller that was paired with more, duplicates of the rest are not known. */
    private static final int MOST_PAIRED = 1000;

    /** Less than this part of the budget is not worth being written to make room. */
    private static final int LEAST_PART = 4;

    private static final int RECENT = 32;

    /** For so many sides at a time memory is read before it is needed. */
    private static final int AHEAD = 32;

    private static final int NONE = SideMemory.NONE;

    /** Another one in each instance, so that nobody can choose ids that all fall into one place. */
    private final long seed = new SplittableRandom().nextLong();

    private final long waitMillis;
    private final int maxSides;
    private final long budget;
    private final PairListener listener;
    private final Counts counts;
    private final ExpirySlices time;
    private final SideMemory memory;
    private final CallTable calls;
    private final TraceCounts traces = new TraceCounts();
    private final SideLog log;
    private final TreeMap<Long, SideSlice> slices = new TreeMap<>();
    private final List<SideSlice> spilled = new ArrayList<>();
    private final Side added = new Side();
    private final Side other = new Side();

    /** Slices used of late, each where the number of its end says. */
    private final SideSlice[] recent = new SideSlice[RECENT];

    /** The one of them that was used last; null where there is none. */
    private SideSlice latest;

    private final long[] traceHashes = new long[AHEAD];
    private final long[] callHashes = new long[AHEAD];
    private final int[] due = new int[AHEAD];

    /** Comes of what is read ahead, and is of no use but to have it read. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    private long watermark = Long.MIN_VALUE;
    private int size;

    /** How many bytes there may be beyond the budget, as nothing is won by writing some. */
    private long tolerated;

    /**
     * @param wait how far apart two sides may arrive
     * @param maxSides how many may wait in one trace, 1 or more; those in state alone do not count
     * @param budget how many bytes may be in memory; what is due in one slice of time may be more
     * @param repeated whether many payloads are the same, which then take memory once for all sides
     *     of a slice of time
     */
    public WaitingSides(
            KeyedStateBackend<TraceId> backend,
            TaskInfo task,
            Duration wait,
            int maxSides,
            long budget,
            boolean repeated,
            PairListener listener,
            Counts counts) {
        this.waitMillis = wait.toMillis();
        this.maxSides = maxSides;
        this.budget = budget;
        this.listener = listener;
        this.counts = counts;
        this.time = ExpirySlices.ofWait(wait);
        this.memory = new SideMemory(repeated);
        this.calls = new CallTable(memory);
        this.log = new SideLog(backend, task, memory);
    }

    /**
     * What moves between memory and state.
     *
     * @param spilled sides that left memory to make room
     * @param loaded those that came back into it
     */
    public record Counts(Counter spilled, Counter loaded) {}

    private long traceHash(Side side) {
        return Hashes.mix(Hashes.mix(seed ^ side.traceIdHigh()) ^ side.traceIdLow());
    }

    private static long callHash(long traceHash, Side side) {
        return Hashes.mix(traceHash ^ side.callId());
    }

    private int find(long callHash, Side side) {
        return calls.find((int) callHash, side.traceIdHigh(), side.traceIdLow(), side.callId());
    }

    private long deadline(long arrival) {
        return Math.min(arrival, LATEST) + waitMillis;
    }

    /** The slice of a deadline. */
    private SideSlice sliceOf(long deadline) {
        if (latest == null || deadline > latest.end() || deadline <= latest.end() - time.millis()) {
            latest = slice(time.endOf(deadline));
        }
        return latest;
    }

    private SideSlice slice(long end) {
        int place = (int) (end / time.millis()) & RECENT - 1;
        SideSlice there = recent[place];
        if (there == null || there.end() != end) {
            there = slices.computeIfAbsent(end, SideSlice::new);
            recent[place] = there;
        }
        return there;
    }

    /** Adds the sides of a block; what they make is told at once. */
    public void add(SideBlock block) throws Exception {
        for (int at = 0; at < block.length(); ) {
            int count = 0;
            for (int next = at; next < block.length() && count < AHEAD; count++) {
                next = added.read(block.array(), next);
                setHashes(count, added);
            }
            touch(count);
            for (int i = 0; i < count; i++) {
                at = added.read(block.array(), at);
                add(added, traceHashes[i], callHashes[i]);
            }
        }
    }

    private void setHashes(int place, Side side) {
        long traceHash = traceHash(side);
        traceHashes[place] = traceHash;
        callHashes[place] = callHash(traceHash, side);
    }

    /** Reads what is needed next for the sides whose hashes were set. */
    private void touch(int count) {
        touched = calls.touch(callHashes, count) ^ traces.touch(traceHashes, count);
    }

    /** Adds a side; what it makes is told at once. */
    public void add(Side side) throws Exception {
        long traceHash = traceHash(side);
        add(side, traceHash, callHash(traceHash, side));
    }

    private void add(Side side, long traceHash, long callHash) throws Exception {
        if (!log.isOfThis(side)) {
            throw new IllegalStateException(
                    "A side came to a subtask that has not its trace: it was sent by another maximum"
                            + " parallelism");
        }
        if (!spilled.isEmpty()) {
            takeBack(side, callHash);
        }
        int place = find(callHash, side);
        if (side.calls()) {
            addCaller(side, place, traceHash, callHash);
        } else {
            addCallee(side, place, traceHash, callHash);
        }
        makeRoom();
    }

    /** The first side of a place; none where it is a call's that has none. */
    private int first(int place) {
        return place < 0 ? NONE : calls.first(place);
    }

    private boolean isCaller(int address) {
        return address != NONE && memory.kind(address) == Side.CALLER;
    }

    private boolean isNear(Side side, int address) {
        return Math.abs(side.arrival() - memory.arrival(address)) <= waitMillis;
    }

    private void addCaller(Side side, int place, long traceHash, long callHash) {
        int first = first(place);
        if (isCaller(first)) {
            listener.duplicate(side);
            return;
        }
        int caller = NONE;
        for (int callee = first; callee != NONE; ) {
            int next = memory.next(callee);
            if (isNear(side, callee)) {
                memory.view(callee, other);
                listener.paired(side, other);
                if (caller == NONE) {
                    caller = insert(side, place, traceHash, callHash);
                }
                memory.addPaired(caller, memory.spanId(callee));
                if (memory.isWritten(callee)) {
                    memory.addEnded(callee);
                }
                remove(callee, traceHash, callHash, side);
            }
            callee = next;
        }
        if (caller == NONE && mayWait(side, traceHash)) {
            insert(side, place, traceHash, callHash);
        }
    }

    private void addCallee(Side side, int place, long traceHash, long callHash) {
        int first = first(place);
        boolean called = isCaller(first);
        if (called && isPaired(first, side.spanId())
                || isAmong(called ? memory.next(first) : first, side.spanId())) {
            listener.duplicate(side);
        } else if (called && isNear(side, first)) {
            memory.view(first, other);
            listener.paired(other, side);
            if (memory.paired(first) < MOST_PAIRED) {
                memory.addPaired(first, side.spanId());
            }
        } else if (mayWait(side, traceHash)) {
            insert(side, place, traceHash, callHash);
        }
    }

    private boolean isPaired(int caller, long spanId) {
        int note = memory.firstPaired(caller);
        while (note != NONE && memory.noteSpan(note) != spanId) {
            note = memory.nextNote(note);
        }
        return note != NONE;
    }

    private boolean isAmong(int firstCallee, long spanId) {
        int callee = firstCallee;
        while (callee != NONE && memory.spanId(callee) != spanId) {
            callee = memory.next(callee);
        }
        return callee != NONE;
    }

    private boolean mayWait(Side side, long traceHash) {
        if (traces.of(traceHash) < maxSides) {
            return true;
        }
        listener.aboveLimit(side);
        listener.alone(side);
        return false;
    }

    private int insert(Side side, int place, long traceHash, long callHash) {
        SideSlice slice = sliceOf(deadline(side.arrival()));
        return insert(slice, side, place, traceHash, callHash);
    }

    /**
     * A caller is the first of its call.
     *
     * @param place of the call, as it was just found
     */
    private int insert(SideSlice slice, Side side, int place, long traceHash, long callHash) {
        int address = memory.add(slice, side);
        if (place < 0) {
            calls.add(~place, (int) callHash, address);
        } else if (isCaller(calls.first(place))) {
            memory.next(address, memory.next(calls.first(place)));
            memory.next(calls.first(place), address);
        } else {
            memory.next(address, calls.first(place));
            calls.first(place, address);
        }
        traces.add(traceHash, 1);
        size++;
        if (slice.isOpen()) {
            setDue(slice, address);
        }
        return address;
    }

    /** Takes a side out of its call. */
    private void remove(int address, long traceHash, long callHash, Side side) {
        int place = find(callHash, side);
        int first = calls.first(place);
        int next = memory.next(address);
        if (first != address) {
            int before = first;
            while (memory.next(before) != address) {
                before = memory.next(before);
            }
            memory.next(before, next);
        } else if (next == NONE) {
            calls.remove(place);
        } else {
            calls.first(place, next);
        }
        memory.setGone(address);
        traces.add(traceHash, -1);
        size--;
    }

    private void setDue(SideSlice slice, int address) {
        int place = slice.place(deadline(memory.arrival(address)));
        memory.nextDue(address, slice.firstDue(place));
        slice.firstDue(place, address);
    }

    /** Tells those by themselves whose wait is over at a watermark. */
    public void advance(long now) throws Exception {
        watermark = now;
        tolerated = 0;
        Iterator<SideSlice> some = slices.values().iterator();
        while (some.hasNext()) {
            SideSlice slice = some.next();
            if (slice.end() - time.millis() >= watermark) {
                return;
            }
            if (!slice.isOpen()) {
                open(slice);
            }
            tell(slice);
            if (slice.end() <= watermark) {
                log.drop(slice);
                memory.free(slice);
                some.remove();
                Arrays.fill(recent, null);
                latest = null;
            }
        }
    }

    private void open(SideSlice slice) throws Exception {
        if (slice.isSpilled()) {
            int before = size;
            load(slice);
            slice.setLoaded();
            spilled.remove(slice);
            counts.loaded().inc(size - before);
        }
        int[] left = new int[Math.toIntExact(time.millis())];
        memory.forEach(
                slice,
                address -> {
                    if (isWaiting(address)) {
                        left[placeIn(slice, address, left)]++;
                    }
                });
        slice.open(left);
        memory.forEach(
                slice,
                address -> {
                    if (isWaiting(address)) {
                        int place = placeIn(slice, address, left);
                        slice.due(place, left[place]--, address);
                    }
                });
    }

    private int placeIn(SideSlice slice, int address, int[] millis) {
        return slice.place(deadline(memory.arrival(address)), millis.length);
    }

    private void tell(SideSlice slice) {
        int last = slice.place(Math.min(slice.end(), watermark));
        int count = 0;
        for (int place = slice.nextDue(); place <= last; place++) {
            for (int at = slice.begin(place); at < slice.begin(place + 1); at++) {
                count = toTell(count, slice.due(at));
            }
            for (int next = slice.takeDue(place); next != NONE; next = memory.nextDue(next)) {
                count = toTell(count, next);
            }
            slice.nextDue(place + 1);
        }
        tellDue(count);
    }

    /** Gathers sides, and tells as many as are read ahead. */
    private int toTell(int gathered, int address) {
        due[gathered] = address;
        if (gathered + 1 < AHEAD) {
            return gathered + 1;
        }
        tellDue(AHEAD);
        return 0;
    }

    private void tellDue(int gathered) {
        touched = memory.touch(due, gathered);
        int count = 0;
        for (int i = 0; i < gathered; i++) {
            if (!memory.isGone(due[i])) {
                due[count] = due[i];
                memory.view(due[i], other);
                setHashes(count++, other);
            }
        }
        touch(count);
        for (int i = 0; i < count; i++) {
            tell(due[i], traceHashes[i], callHashes[i]);
        }
    }

    private void tell(int address, long traceHash, long callHash) {
        memory.view(address, other);
        remove(address, traceHash, callHash, other);
        if (!isCaller(address) || memory.firstPaired(address) == NONE) {
            listener.alone(other);
        }
    }

    /** Writes what is in memory only. Must be called before each snapshot of state. */
    public void beforeSnapshot() throws Exception {
        for (SideSlice slice : slices.values()) {
            write(slice);
        }
    }

    /**
     * Writes a slice that gets no more sides and is likely to be there at a time, so that less is
     * left for the snapshot then: the first of which most is not written. To be called with each
     * watermark for a while.
     */
    public void writeAhead(long then) throws Exception {
        for (SideSlice slice : slices.tailMap(then, false).values()) {
            if (slice.end() > deadline(watermark)) {
                return;
            }
            if (slice.isMostlyUnwritten()) {
                write(slice);
                return;
            }
        }
    }

    private void write(SideSlice slice) throws Exception {
        log.write(slice, slice.isOpen() ? told() : Long.MIN_VALUE);
    }

    /** Up to which arrival the wait is over. */
    private long told() {
        return watermark >= deadline(LATEST) ? Long.MAX_VALUE : watermark - waitMillis;
    }

    /** Takes up what state has; must be called before anything else. */
    public void restore() throws Exception {
        log.forEachList((end, group) -> slice(end).lists().set(group));
        // The latest first: should there not be room for all, these are asked for most.
        List<SideSlice> restored = new ArrayList<>(slices.descendingMap().values());
        for (SideSlice slice : restored) {
            load(slice);
            if (bytes() > budget) {
                spill(slice);
            }
        }
        for (SideSlice slice : restored) {
            for (int group = 0; group < log.groups(); group++) {
                log.read(slice, group, new Mover(slice, group));
            }
        }
    }

    /** Brings what a slice has in state into memory. */
    private void load(SideSlice slice) throws Exception {
        write(slice);
        for (int group = 0; group < log.groups(); group++) {
            log.read(slice, group, new Loader(slice));
        }
        slice.setWritten();
    }

    private boolean isThere(Side side, int place) {
        int first = first(place);
        boolean called = isCaller(first);
        return side.calls() ? called : isAmong(called ? memory.next(first) : first, side.spanId());
    }

    /** Takes up what a log has of a slice. */
    private class Loader implements SideLog.Reader {
        final SideSlice slice;

        Loader(SideSlice slice) {
            this.slice = slice;
        }

        @Override
        public void side(Side side) throws Exception {
            if (time.endOf(deadline(side.arrival())) == slice.end()) {
                enter(slice, side);
            }
        }

        final boolean enter(SideSlice its, Side side) {
            long traceHash = traceHash(side);
            long callHash = callHash(traceHash, side);
            int place = find(callHash, side);
            boolean missing = !isThere(side, place);
            if (missing) {
                insert(its, side, place, traceHash, callHash);
            }
            return missing;
        }

        @Override
        public void paired(Side caller) {
            int place = find(callHash(traceHash(caller), caller), caller);
            int first = first(place);
            if (isCaller(first) && !isPaired(first, caller.spanId())) {
                memory.addPaired(first, caller.spanId());
            }
        }
    }

    /** Moves what an earlier run, with another wait, had put into other slices. */
    private final class Mover extends Loader {
        private final int group;

        Mover(SideSlice slice, int group) {
            super(slice);
            this.group = group;
        }

        @Override
        public void side(Side side) throws Exception {
            long end = time.endOf(deadline(side.arrival()));
            if (end != slice.end() && enter(slice(end), side)) {
                log.end(slice, group, side);
            }
        }
    }

    /** Takes from a log what it has of one call. */
    private final class Taker extends Loader {
        private final int group;
        private final Side wanted;

        Taker(SideSlice slice, int group, Side wanted) {
            super(slice);
            this.group = group;
            this.wanted = wanted;
        }

        private boolean isWanted(Side side) {
            return side.callId() == wanted.callId()
                    && side.traceIdLow() == wanted.traceIdLow()
                    && side.traceIdHigh() == wanted.traceIdHigh();
        }

        @Override
        public void side(Side side) throws Exception {
            if (isWanted(side) && enter(slice, side)) {
                log.end(slice, group, side);
                counts.loaded().inc();
            }
        }

        @Override
        public void paired(Side caller) {
            if (isWanted(caller)) {
                super.paired(caller);
            }
        }
    }

    private void takeBack(Side side, long callHash) throws Exception {
        for (SideSlice slice : spilled) {
            if (slice.mayHaveSpilled(callHash)) {
                int group = log.group(side);
                log.read(slice, group, new Taker(slice, group, side));
                slice.setTaken(callHash);
            }
        }
    }

    /** Has the oldest slices in state alone until there is room. */
    private void makeRoom() throws Exception {
        if (bytes() <= Math.max(budget, tolerated)) {
            return;
        }
        long most = 0;
        int movable = 0;
        for (SideSlice slice : slices.values()) {
            if (!slice.isOpen()) {
                most += slice.bytes();
                movable++;
            }
        }
        // A few bytes would be back at once, and each time cost a look through state.
        if (most < budget / LEAST_PART) {
            tolerated = bytes() + budget / LEAST_PART;
            return;
        }
        for (SideSlice slice : slices.values()) {
            if (!slice.isOpen() && slice.bytes() > most / movable / 2) {
                spill(slice);
                if (bytes() <= budget) {
                    return;
                }
            }
        }
    }

    private void spill(SideSlice slice) throws Exception {
        write(slice);
        boolean first = !slice.isSpilled();
        int expected = size / Math.max(1, slices.size());
        memory.forEach(
                slice,
                address -> {
                    if (isWaiting(address)) {
                        memory.view(address, other);
                        long traceHash = traceHash(other);
                        long callHash = callHash(traceHash, other);
                        slice.spill(callHash, expected);
                        remove(address, traceHash, callHash, other);
                        counts.spilled().inc();
                    }
                });
        memory.free(slice);
        if (first && slice.isSpilled()) {
            spilled.add(slice);
        }
    }

    /** Whether there is a side, not a note, and one that waits. */
    private boolean isWaiting(int address) {
        int kind = memory.kind(address);
        return (kind == Side.CALLER || kind == Side.CALLEE) && !memory.isGone(address);
    }

    /** How many are in memory. */
    public int size() {
        return size;
    }

    /** About how many bytes of memory they take. */
    public long bytes() {
        return memory.bytes() + calls.bytes() + traces.bytes();
    }
}
