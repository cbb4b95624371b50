package io.tailrace.operators.sampling.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Holds records one after the other in large arrays, so that what is buffered is copied once and
 * costs the garbage collector nothing. Each record points to the one before it of its chain.
 *
 * <p>Space comes back as a whole array, once none of its records is needed any more; records die
 * about as they came, so that this is soon.
 */
final class ChunkLog {

    /** The address of no record. */
    static final long NONE = -1;

    private static final int SEGMENT_BYTES = 256 << 10;

    /** Enough that arrays are not made anew while records come and go at an even pace. */
    private static final int MOST_SPARE = 64;

    private static final int SLACK = 16 * SEGMENT_BYTES;

    private static final byte[] NOTHING = {};
    private static final int HEADER = Long.BYTES + Integer.BYTES;
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final Deque<Segment> spare = new ArrayDeque<>();
    private final Deque<Integer> unused = new ArrayDeque<>();
    private Segment[] segments = new Segment[64];
    private int numbers;
    private Segment current;
    private long bytes;
    private long needed;

    private static final class Segment {
        private final byte[] bytes;
        private int number;
        private int end;
        private int records;
        private int needed;

        Segment(int size) {
            bytes = new byte[size];
        }
    }

    /**
     * Appends a record.
     *
     * @param previous the address of the one before it in its chain, or {@link #NONE}
     * @return its address
     */
    long append(long previous, byte[] record, int length) {
        return append(previous, record, length, NOTHING);
    }

    /** The same of a record that is in two pieces. */
    long append(long previous, byte[] head, int headLength, byte[] rest) {
        int length = headLength + rest.length;
        Segment segment = withRoomFor(HEADER + length);
        int at = segment.end;
        LONGS.set(segment.bytes, at, previous);
        INTS.set(segment.bytes, at + Long.BYTES, length);
        System.arraycopy(head, 0, segment.bytes, at + HEADER, headLength);
        System.arraycopy(rest, 0, segment.bytes, at + HEADER + headLength, rest.length);
        add(segment, HEADER + length);
        return (long) segment.number << 32 | at;
    }

    /** Moves a record that is the only one of its chain to the end; gives its new address. */
    long move(long address) {
        byte[] array = array(address);
        int length = length(address);
        Segment segment = withRoomFor(HEADER + length);
        int at = segment.end;
        System.arraycopy(array, offset(address), segment.bytes, at, HEADER + length);
        add(segment, HEADER + length);
        free(address);
        return (long) segment.number << 32 | at;
    }

    private void add(Segment segment, int size) {
        segment.end += size;
        segment.records++;
        segment.needed += size;
        needed += size;
    }

    private Segment withRoomFor(int size) {
        if (current != null && current.bytes.length - current.end >= size) {
            return current;
        }
        Segment full = current;
        current = take(size);
        if (full != null && full.records == 0) {
            giveBack(full);
        }
        return current;
    }

    private Segment take(int size) {
        boolean usual = size <= SEGMENT_BYTES;
        Segment next = usual ? spare.poll() : null;
        if (next == null) {
            next = new Segment(usual ? SEGMENT_BYTES : size);
        }
        Integer number = unused.poll();
        next.number = number == null ? numbers++ : number;
        if (next.number == segments.length) {
            segments = Arrays.copyOf(segments, 2 * segments.length);
        }
        segments[next.number] = next;
        bytes += next.bytes.length;
        return next;
    }

    private void giveBack(Segment segment) {
        segments[segment.number] = null;
        unused.push(segment.number);
        bytes -= segment.bytes.length;
        segment.end = 0;
        if (segment.bytes.length == SEGMENT_BYTES && spare.size() < MOST_SPARE) {
            spare.push(segment);
        }
    }

    /** The address of the record before it in its chain, or {@link #NONE}. */
    long previous(long address) {
        return (long) LONGS.get(array(address), offset(address));
    }

    int length(long address) {
        return (int) INTS.get(array(address), offset(address) + Long.BYTES);
    }

    /** The array that a record is in; nobody may change it. */
    byte[] array(long address) {
        return segments[(int) (address >>> 32)].bytes;
    }

    /** Where in {@link #array} a record begins. */
    int begin(long address) {
        return offset(address) + HEADER;
    }

    private static int offset(long address) {
        return (int) address;
    }

    /** Frees all records of a chain. */
    void free(long last) {
        for (long address = last; address != NONE; ) {
            long previous = previous(address);
            Segment segment = segments[(int) (address >>> 32)];
            int size = HEADER + length(address);
            needed -= size;
            segment.needed -= size;
            segment.records--;
            if (segment.records == 0) {
                emptied(segment);
            }
            address = previous;
        }
    }

    /** An array that is being filled is used again, but not one that was made for a giant. */
    private void emptied(Segment segment) {
        if (segment == current && segment.bytes.length == SEGMENT_BYTES) {
            segment.end = 0;
            return;
        }
        if (segment == current) {
            current = null;
        }
        giveBack(segment);
    }

    /** The size of the arrays that hold records. */
    long bytes() {
        return bytes;
    }

    /** Whether a few records hold on to much more room than they need. */
    boolean isSparse() {
        return bytes > 2 * needed + SLACK;
    }

    /** Whether a record is one of those few: when all of them are moved, the log is not sparse. */
    boolean isHolding(long address) {
        Segment segment = segments[(int) (address >>> 32)];
        return segment != current && 2 * segment.needed < segment.bytes.length;
    }
}
