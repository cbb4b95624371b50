package io.tailrace.operators.pairing.waiting;

import io.tailrace.operators.span.TraceId;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * One side of a pair, as it is written in an array: a caller, or one that was called. Both know
 * each other by the trace and the id of their call, which is the caller's span id. What else there
 * is to know of it is its payload, bytes that only those make sense of who wrote them.
 *
 * <p>This is a view, which is moved from one side to the next. The form, all of it little-endian:
 * four bytes of the size of all, four of the kind, the trace id (high, then low), the call's id,
 * the span's id and the arrival, of eight each, and the payload. One whose payload another one
 * before it in the array has too has none; in place of the size there is {@code ~from}, with where
 * the other one begins.
 */
public final class Side {

    /** A span that may have called others. */
    public static final int CALLER = 1;

    /** A span that was called. */
    public static final int CALLEE = 2;

    static final int KIND = 4;
    static final int HIGH = 8;
    static final int LOW = 16;
    static final int CALL = 24;
    static final int SPAN = 32;
    static final int ARRIVAL = 40;

    /** How many bytes there are before the payload. */
    static final int HEAD = 48;

    static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] head = {};
    private byte[] bytes = {};
    private int at;
    private int payload;
    private int end;

    /** Moves to one in the form above; gives where it ends. */
    int read(byte[] array, int from) {
        int size = (int) INTS.get(array, from);
        int owner = size < 0 ? ~size : from;
        head = array;
        bytes = array;
        at = from;
        payload = owner + HEAD;
        end = size < 0 ? owner + (int) INTS.get(array, owner) : from + size;
        return size < 0 ? from + HEAD : end;
    }

    /** Moves to one whose payload is elsewhere than behind its head. */
    void read(byte[] array, int from, byte[] payloadIn, int payloadFrom, int payloadTo) {
        head = array;
        bytes = payloadIn;
        at = from;
        payload = payloadFrom;
        end = payloadTo;
    }

    int kind() {
        return (int) INTS.get(head, at + KIND);
    }

    /** Whether it may have called others; else it was called. */
    public boolean calls() {
        return (kind() & ~SideMemory.GONE) == CALLER;
    }

    public long traceIdHigh() {
        return (long) LONGS.get(head, at + HIGH);
    }

    public long traceIdLow() {
        return (long) LONGS.get(head, at + LOW);
    }

    public TraceId traceId() {
        return new TraceId(traceIdHigh(), traceIdLow());
    }

    /** By which both sides know each other: the caller's span id; 0 where there is none. */
    public long callId() {
        return (long) LONGS.get(head, at + CALL);
    }

    /** Its own. */
    public long spanId() {
        return (long) LONGS.get(head, at + SPAN);
    }

    /** Milliseconds since the epoch. */
    public long arrival() {
        return (long) LONGS.get(head, at + ARRIVAL);
    }

    /** The array that its payload is in; nobody may change it. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where in {@link #bytes} the payload begins. */
    public int payloadFrom() {
        return payload;
    }

    /** Where the payload ends. */
    public int payloadTo() {
        return end;
    }

    /** The array that its head is in. */
    byte[] head() {
        return head;
    }

    /** Where in {@link #head} that begins. */
    int from() {
        return at;
    }
}
