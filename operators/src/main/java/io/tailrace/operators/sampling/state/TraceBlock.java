package io.tailrace.operators.sampling.state;

import io.tailrace.operators.serialization.ValueTypeInformation;
import io.tailrace.operators.span.TraceId;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What became of open traces of one key group that are due in the same slice of time, one entry
 * after another: of each the sixteen bytes of the id, four of the size of what follows, and a part
 * of the trace in the form of {@link FrozenTraces}. The parts of a trace follow each other: each
 * has the head as it was then, and the chunks that came since the one before. The size 0 says that
 * the trace is no longer open. A block grows only until it is in state.
 */
public final class TraceBlock {

    public static final ValueTypeInformation<TraceBlock> TYPE =
            new ValueTypeInformation<>(TraceBlock.class, new TraceBlockSerializer());

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int SIZE = 2 * Long.BYTES;

    /** What an entry takes beside its part of the trace. */
    static final int HEAD = SIZE + Integer.BYTES;

    private static final int FIRST = 512;

    private byte[] bytes;
    private int length;

    /** An empty one. */
    TraceBlock() {
        this(new byte[0]);
    }

    TraceBlock(byte[] bytes) {
        this.bytes = bytes;
        this.length = bytes.length;
    }

    /** Sees the entries in their order. */
    interface Reader {
        /**
         * @param size 0 where the trace is no longer open
         */
        void entry(long high, long low, byte[] bytes, int from, int size);
    }

    /** Says that a trace is no longer open. */
    void appendEnd(TraceId id) {
        appendHead(id, 0);
    }

    /** Appends a part of a trace, which is what is in two places of an array. */
    void append(TraceId id, byte[] from, int head, int headSize, int rest, int restSize) {
        appendHead(id, headSize + restSize);
        System.arraycopy(from, head, bytes, length, headSize);
        System.arraycopy(from, rest, bytes, length + headSize, restSize);
        length += headSize + restSize;
    }

    private void appendHead(TraceId id, int size) {
        int needed = length + HEAD + size;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(FIRST, Math.max(2 * bytes.length, needed)));
        }
        LONGS.set(bytes, length, id.high());
        LONGS.set(bytes, length + Long.BYTES, id.low());
        INTS.set(bytes, length + SIZE, size);
        length += HEAD;
    }

    void forEach(Reader reader) {
        for (int at = 0; at < length; ) {
            int size = (int) INTS.get(bytes, at + SIZE);
            reader.entry(
                    (long) LONGS.get(bytes, at),
                    (long) LONGS.get(bytes, at + Long.BYTES),
                    bytes,
                    at + HEAD,
                    size);
            at += HEAD + size;
        }
    }

    int length() {
        return length;
    }

    /** Its bytes, without room for more. */
    byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** The same without room for more. */
    TraceBlock trimmed() {
        return new TraceBlock(bytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TraceBlock that
                && Arrays.equals(bytes, 0, length, that.bytes, 0, that.length);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }
}
