package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.UnreadableException;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import static io.tailrace.operators.span.wire.WireReader.LENGTH;

/** A span's link to another span, read from its bytes. A view that moves. */
public final class LinkView {

    private static final int TRACE_ID_LENGTH = 16;
    private static final int SPAN_ID_LENGTH = 8;
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final WireReader reader = new WireReader();
    private boolean proper;
    private long traceIdHigh;
    private long traceIdLow;
    private long spanId;

    /** Moves to the link in {@code bytes[from..to)}. */
    void read(byte[] bytes, int from, int to) throws UnreadableException {
        proper = true;
        traceIdHigh = 0;
        traceIdLow = 0;
        spanId = 0;
        reader.over(bytes, from, to);
        while (reader.next()) {
            int length = reader.to() - reader.from();
            if (reader.is(1, LENGTH)) {
                boolean there = length == TRACE_ID_LENGTH;
                traceIdHigh = there ? (long) LONGS.get(bytes, reader.from()) : 0;
                traceIdLow = there ? (long) LONGS.get(bytes, reader.from() + Long.BYTES) : 0;
                proper &= there || length == 0;
            } else if (reader.is(2, LENGTH)) {
                boolean there = length == SPAN_ID_LENGTH;
                spanId = there ? (long) LONGS.get(bytes, reader.from()) : 0;
                proper &= there || length == 0;
            }
        }
    }

    /** Whether each of its ids has a length that it may have. */
    boolean isProper() {
        return proper;
    }

    /** Whether it says which span it links to. */
    public boolean hasIds() {
        return (traceIdHigh | traceIdLow) != 0 && spanId != 0;
    }

    /** The first eight bytes of the linked trace's id, big end first. */
    public long traceIdHigh() {
        return traceIdHigh;
    }

    /** The last eight bytes of the linked trace's id, big end first. */
    public long traceIdLow() {
        return traceIdLow;
    }

    /** The linked span's id. */
    public long spanId() {
        return spanId;
    }
}
