package io.tailrace.operators.discovery.relation;

import io.tailrace.operators.discovery.Participant;
import io.tailrace.operators.pairing.waiting.Side;
import io.tailrace.operators.span.wire.SpanView;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What a side's payload tells of its span: a byte with its kind and whether it is told for a link,
 * eight of its start, and the {@link Participant}. Only one that may begin its trace tells of its
 * start, so that many others have the same payload; so do all sides of one span, but for links.
 *
 * @param kind OTLP's number; 0 for numbers that OTLP does not have
 * @param startUnixNano unsigned; 0 where it is not told
 */
record JoinedSpan(boolean link, int kind, long startUnixNano, Participant who) {

    static final int HEAD = 9;

    private static final int LINK = 8;
    private static final int SERVER = 2;
    private static final int CLIENT = 3;
    private static final int PRODUCER = 4;
    private static final int CONSUMER = 5;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /**
     * @param participant as {@link Participant#encoded} writes it
     */
    static void write(boolean link, SpanView span, byte[] participant, byte[] out) {
        int kind = span.kind();
        out[0] = (byte) ((kind < 0 || kind > CONSUMER ? 0 : kind) | (link ? LINK : 0));
        LONGS.set(out, 1, mayBeginTrace(kind) ? span.startUnixNano() : 0);
        System.arraycopy(participant, 0, out, HEAD, participant.length);
    }

    static JoinedSpan read(Side side, RecentParticipants participants) {
        int from = side.payloadFrom();
        byte first = side.bytes()[from];
        return new JoinedSpan(
                (first & LINK) != 0,
                first & LINK - 1,
                (long) LONGS.get(side.bytes(), from + 1),
                participants.of(side.bytes(), from + HEAD, side.payloadTo()));
    }

    static boolean isCalled(int kind) {
        return kind == SERVER || kind == CONSUMER;
    }

    static boolean mayBeginTrace(int kind) {
        return kind == SERVER || kind == PRODUCER;
    }

    boolean isCalled() {
        return isCalled(kind);
    }

    boolean calls() {
        return kind == CLIENT || kind == PRODUCER;
    }

    boolean isMessaging() {
        return kind == PRODUCER || kind == CONSUMER;
    }

    /** Where an edge from it begins: the broker that it gives its messages to, else its service. */
    String from() {
        return kind == PRODUCER && !who.brokerKey().isEmpty() ? who.brokerKey() : who.service();
    }
}
