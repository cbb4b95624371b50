package io.tailrace.operators.pairing.waiting;

import io.tailrace.operators.serialization.ValueTypeInformation;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.wire.Hashes;

import java.util.Arrays;

/**
 * Sides of one key group, one after the other in the form of {@link Side}: as they are sent, and as
 * state has them. In state there are entries too that tell what became of sides, see {@link
 * SideLog}. A block grows only until it is handed on.
 */
public final class SideBlock {

    /** As it is sent. */
    public static final ValueTypeInformation<SideBlock> TYPE =
            new ValueTypeInformation<>(SideBlock.class, new SideBlockSerializer());

    /** As it is in state, where it stays a while. */
    static final ValueTypeInformation<SideBlock> STORED =
            new ValueTypeInformation<>(SideBlock.class, new StoredSidesSerializer());

    private static final int FIRST = 512;
    private static final int REMEMBERED_IN_STATE = 256;
    private static final int[] NONE = {};

    /** By hashes of payloads, where sides begin that have them; -1 where there is none. */
    private final int[] owners;

    private byte[] bytes;
    private int length;

    /** Of the last one with a payload. */
    private long lastSpanId;

    private SideBlock(byte[] bytes, int[] owners) {
        this.bytes = bytes;
        this.length = bytes.length;
        this.owners = owners;
        Arrays.fill(owners, -1);
    }

    /** An empty one. The sides of a span share a payload where they follow each other. */
    public SideBlock() {
        this(new byte[0], new int[1]);
    }

    /** Of bytes that nobody changes any more. */
    public SideBlock(byte[] bytes) {
        this(bytes, NONE);
    }

    /** An empty one, whose sides mostly have each payload but once. */
    static SideBlock forState() {
        return new SideBlock(new byte[0], new int[REMEMBERED_IN_STATE]);
    }

    /** Sees sides in their order. */
    @FunctionalInterface
    public interface Reader {
        /**
         * @param side as long as the call lasts
         */
        void side(Side side) throws Exception;
    }

    /**
     * Begins one, and makes room for it.
     *
     * @param sizeOrOwner what its first four bytes are to be
     */
    private int begin(
            int kind,
            long high,
            long low,
            long callId,
            long spanId,
            long arrival,
            int sizeOrOwner) {
        int at = length;
        int size = sizeOrOwner < 0 ? Side.HEAD : sizeOrOwner;
        if (at + size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(FIRST, Math.max(2 * bytes.length, at + size)));
        }
        Side.INTS.set(bytes, at, sizeOrOwner);
        Side.INTS.set(bytes, at + Side.KIND, kind);
        Side.LONGS.set(bytes, at + Side.HIGH, high);
        Side.LONGS.set(bytes, at + Side.LOW, low);
        Side.LONGS.set(bytes, at + Side.CALL, callId);
        Side.LONGS.set(bytes, at + Side.SPAN, spanId);
        Side.LONGS.set(bytes, at + Side.ARRIVAL, arrival);
        length += size;
        return at;
    }

    /** Appends one without a payload. */
    public void append(int kind, long high, long low, long callId, long spanId, long arrival) {
        begin(kind, high, low, callId, spanId, arrival, Side.HEAD);
    }

    /** Appends a side. */
    void append(Side side) {
        append(
                side.kind(),
                side.traceIdHigh(),
                side.traceIdLow(),
                side.callId(),
                side.spanId(),
                side.arrival(),
                side.bytes(),
                side.payloadFrom(),
                side.payloadTo());
    }

    /** Appends a side with what is between two places of an array as its payload. */
    void append(
            int kind,
            long high,
            long low,
            long callId,
            long spanId,
            long arrival,
            byte[] payload,
            int from,
            int to) {
        boolean shared = owners.length > 1;
        int place = shared ? (int) Hashes.of(payload, from, to) & owners.length - 1 : 0;
        int owner = owners[place];
        // Of another span, most often not even looked at.
        if (owner >= 0
                && (shared || spanId == lastSpanId)
                && hasPayload(owner, payload, from, to)) {
            begin(kind, high, low, callId, spanId, arrival, ~owner);
            return;
        }
        int at = begin(kind, high, low, callId, spanId, arrival, Side.HEAD + to - from);
        System.arraycopy(payload, from, bytes, at + Side.HEAD, to - from);
        owners[place] = at;
        lastSpanId = spanId;
    }

    private boolean hasPayload(int owner, byte[] payload, int from, int to) {
        int end = owner + (int) Side.INTS.get(bytes, owner);
        return Arrays.equals(bytes, owner + Side.HEAD, end, payload, from, to);
    }

    /** Shows all that is in it, by a view that is moved along. */
    public void forEach(Side view, Reader reader) throws Exception {
        for (int at = 0; at < length; ) {
            at = view.read(bytes, at);
            reader.side(view);
        }
    }

    /** Of its first side: by that it finds the subtask of all of them. */
    public TraceId traceId() {
        Side first = new Side();
        first.read(bytes, 0);
        return first.traceId();
    }

    public void clear() {
        length = 0;
        Arrays.fill(owners, -1);
    }

    /** How many bytes its sides take. */
    public int length() {
        return length;
    }

    /** What it is in; its first {@link #length} bytes. */
    byte[] array() {
        return bytes;
    }

    /** The same without room for more. */
    SideBlock trimmed() {
        return new SideBlock(Arrays.copyOf(bytes, length));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SideBlock that
                && Arrays.equals(bytes, 0, length, that.bytes, 0, that.length);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(Arrays.copyOf(bytes, length));
    }
}
