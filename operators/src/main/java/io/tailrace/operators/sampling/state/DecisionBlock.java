package io.tailrace.operators.sampling.state;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import io.tailrace.operators.serialization.ValueTypeInformation;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Decisions on traces of one key group that expire in the same slice of time, one after another: of
 * each the sixteen bytes of the id, four of the size of what follows, and the {@link DecidedTrace};
 * the size 0 says that the trace is forgotten. What comes later counts. A block grows only until it
 * is in state.
 */
public final class DecisionBlock {

    public static final ValueTypeInformation<DecisionBlock> TYPE =
            new ValueTypeInformation<>(DecisionBlock.class, new DecisionBlockSerializer());

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int SIZE = 2 * Long.BYTES;
    private static final int HEAD = SIZE + Integer.BYTES;
    private static final int FIRST = 512;

    private final int version;
    private byte[] bytes;
    private int length;

    /**
     * The lower halves of the ids and where their entries begin, as long as it grows: spans that
     * come soon after an early decision are many, and look for it here.
     */
    private long[] lows = {};

    private int[] begins = {};
    private int entries;

    /** An empty one. */
    DecisionBlock() {
        this(DecidedTraceSerializer.NEWEST, new byte[0]);
    }

    /**
     * @param version of the format of decided traces that it is in
     */
    DecisionBlock(int version, byte[] bytes) {
        this.version = version;
        this.bytes = bytes;
        this.length = bytes.length;
    }

    /**
     * Writes what is to be appended.
     *
     * @param decided null where the trace is forgotten
     */
    static void writeEntry(
            TraceId id,
            DecidedTrace decided,
            DecidedTraceSerializer format,
            DataOutputSerializer to)
            throws IOException {
        to.writeLong(id.high());
        to.writeLong(id.low());
        int size = to.length();
        to.writeInt(0);
        if (decided != null) {
            format.serialize(decided, to);
            to.writeIntUnsafe(to.length() - size - Integer.BYTES, size);
        }
    }

    void append(byte[] entry, int size) {
        if (length + size > bytes.length) {
            bytes =
                    Arrays.copyOf(
                            bytes, Math.max(FIRST, Math.max(2 * bytes.length, length + size)));
        }
        System.arraycopy(entry, 0, bytes, length, size);
        if (entries == lows.length) {
            lows = Arrays.copyOf(lows, Math.max(8, 2 * entries));
            begins = Arrays.copyOf(begins, lows.length);
        }
        lows[entries] = (long) LONGS.get(entry, Long.BYTES);
        begins[entries] = length;
        entries++;
        length += size;
    }

    /** Where the last entry of a trace is; -1 where it has none. */
    int find(TraceId id) {
        for (int i = entries - 1; i >= 0; i--) {
            if (lows[i] == id.low() && (long) LONGS.get(bytes, begins[i]) == id.high()) {
                return begins[i];
            }
        }
        return entries > 0 ? -1 : findFromState(id);
    }

    private int findFromState(TraceId id) {
        int found = -1;
        for (int at = 0; at < length; at = next(at)) {
            if ((long) LONGS.get(bytes, at + Long.BYTES) == id.low()
                    && (long) LONGS.get(bytes, at) == id.high()) {
                found = at;
            }
        }
        return found;
    }

    /** The decision of an entry; null where it says that the trace is forgotten. */
    DecidedTrace read(int at) throws IOException {
        int size = (int) INTS.get(bytes, at + SIZE);
        if (size == 0) {
            return null;
        }
        return new DecidedTraceSerializer(version)
                .deserialize(new DataInputDeserializer(bytes, at + HEAD, size));
    }

    /** Hands on the ids of all traces that it has decisions of. */
    void forEach(Consumer<TraceId> consumer) {
        for (int at = 0; at < length; at = next(at)) {
            if (next(at) > at + HEAD) {
                consumer.accept(
                        new TraceId(
                                (long) LONGS.get(bytes, at),
                                (long) LONGS.get(bytes, at + Long.BYTES)));
            }
        }
    }

    private int next(int at) {
        return at + HEAD + (int) INTS.get(bytes, at + SIZE);
    }

    int version() {
        return version;
    }

    int length() {
        return length;
    }

    /** Its bytes, without room for more. */
    byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** The same without room for more. */
    DecisionBlock trimmed() {
        return new DecisionBlock(version, bytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DecisionBlock that
                && version == that.version
                && Arrays.equals(bytes, 0, length, that.bytes, 0, that.length);
    }

    @Override
    public int hashCode() {
        return 31 * version + Arrays.hashCode(bytes());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("DecisionBlock of");
        forEach(id -> text.append(' ').append(id.hex()));
        return text.toString();
    }
}
