package io.tailrace.operators.pairing;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.pairing.SpanSide.Kind;
import io.tailrace.operators.pairing.waiting.Side;
import io.tailrace.operators.span.wire.RecentTexts;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What is in the payload of a side of a call: a byte of the kind and of what there is; start and
 * end, and how many spans it stands for, of eight bytes each, little-endian; the business, of eight
 * too; and the texts: the application, the service, and where there are any the database and the
 * peer. A text is the size of its UTF-8, in four bytes, and that.
 *
 * <p>One of these writes, or reads, one side at a time. For one thread.
 */
final class CallPayload {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final Kind[] KINDS = {Kind.SERVER, Kind.CLIENT, Kind.PRODUCER, Kind.CONSUMER};
    private static final int KIND_MASK = 3;
    private static final int ERROR = 1 << 2;
    private static final int DATABASE = 1 << 3;
    private static final int PEER = 1 << 4;

    private static final int START = 1;
    private static final int END = START + Long.BYTES;
    private static final int TIMES = END + Long.BYTES;
    private static final int ORIGIN = TIMES + Long.BYTES;

    private final RecentTexts texts = new RecentTexts();
    private Application application = new Application(0, "");
    private byte[] bytes = new byte[256];
    private int originEnd = ORIGIN;
    private int length;
    private int read;

    /** Where the sides that follow come from. */
    void origin(Application its, byte[] service, int from, int to) {
        length = ORIGIN;
        room(Long.BYTES);
        LONGS.set(bytes, length, its.bizId());
        length += Long.BYTES;
        byte[] name = its.name().getBytes(StandardCharsets.UTF_8);
        text(name, 0, name.length);
        text(service, from, to);
        originEnd = length;
    }

    /** Begins a side of that origin. */
    void begin(Kind kind, boolean error, long startUnixNano, long endUnixNano, long times) {
        length = originEnd;
        bytes[0] = (byte) (code(kind) | (error ? ERROR : 0));
        LONGS.set(bytes, START, startUnixNano);
        LONGS.set(bytes, END, endUnixNano);
        LONGS.set(bytes, TIMES, times);
    }

    private static int code(Kind kind) {
        return switch (kind) {
            case SERVER -> 0;
            case CLIENT -> 1;
            case PRODUCER -> 2;
            case CONSUMER -> 3;
        };
    }

    /** Adds the database that it names. */
    void database(byte[] name, int from, int to) {
        bytes[0] |= DATABASE;
        text(name, from, to);
    }

    /** Adds the peer that it names, where that is no database. */
    void peer(byte[] name, int from, int to) {
        bytes[0] |= PEER;
        text(name, from, to);
    }

    private void text(byte[] utf8, int from, int to) {
        room(Integer.BYTES + to - from);
        INTS.set(bytes, length, to - from);
        System.arraycopy(utf8, from, bytes, length + Integer.BYTES, to - from);
        length += Integer.BYTES + to - from;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    /** What was written, in its first {@link #length} bytes, until the next side begins. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Reads a side. */
    SpanSide read(Side side) {
        byte[] from = side.bytes();
        int at = side.payloadFrom();
        int flags = from[at];
        long bizId = (long) LONGS.get(from, at + ORIGIN);
        read = at + ORIGIN + Long.BYTES;
        String name = readText(from);
        // Texts that come again are the same objects.
        if (bizId != application.bizId() || !name.equals(application.name())) {
            application = new Application(bizId, name);
        }
        return new SpanSide(
                side.traceId(),
                side.spanId(),
                side.callId(),
                KINDS[flags & KIND_MASK],
                application,
                readText(from),
                (long) LONGS.get(from, at + START),
                (long) LONGS.get(from, at + END),
                (flags & ERROR) != 0,
                side.arrival(),
                (long) LONGS.get(from, at + TIMES),
                (flags & DATABASE) == 0 ? null : readText(from),
                (flags & PEER) == 0 ? null : readText(from));
    }

    private String readText(byte[] from) {
        int begin = read + Integer.BYTES;
        read = begin + (int) INTS.get(from, read);
        return texts.of(from, begin, read);
    }
}
