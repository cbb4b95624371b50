package io.tailrace.operators.discovery.relation;

import io.tailrace.operators.discovery.Participant;
import io.tailrace.operators.span.wire.Hashes;

import java.util.Arrays;

/** Participants read lately, so that few are read twice. For one thread. */
final class RecentParticipants {

    private static final int REMEMBERED = 1 << 13;

    private final byte[][] bytes = new byte[REMEMBERED][];
    private final Participant[] participants = new Participant[REMEMBERED];

    Participant of(byte[] array, int from, int to) {
        int place = (int) Hashes.of(array, from, to) & REMEMBERED - 1;
        if (bytes[place] == null
                || !Arrays.equals(bytes[place], 0, bytes[place].length, array, from, to)) {
            bytes[place] = Arrays.copyOfRange(array, from, to);
            participants[place] = Participant.decode(bytes[place]);
        }
        return participants[place];
    }
}
