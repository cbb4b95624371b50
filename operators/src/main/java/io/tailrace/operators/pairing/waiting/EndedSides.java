package io.tailrace.operators.pairing.waiting;

import io.tailrace.operators.span.TraceId;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which entries of a log are of no use any more, for what a later one says. To be shown all of
 * them, and then asked for each, in the same order.
 */
final class EndedSides {

    private final Map<Ended, Integer> ended = new HashMap<>();
    private final TreeMap<Integer, Long> told = new TreeMap<>();
    private int number;

    /** Of a side of which a log says that it waits no longer; a caller's call has its span's id. */
    private record Ended(int kind, TraceId traceId, long callId, long spanId) {
        static Ended of(Side side, int kind) {
            return new Ended(
                    kind, side.traceId(), side.callId(), kind == Side.CALLER ? 0 : side.spanId());
        }
    }

    void add(Side entry) {
        number++;
        if (entry.kind() == SideLog.ALL_TOLD) {
            // Those before count only where they say more.
            while (!told.isEmpty() && told.lastEntry().getValue() <= entry.arrival()) {
                told.pollLastEntry();
            }
            told.put(number, entry.arrival());
        } else if ((entry.kind() & SideLog.ENDED) != 0) {
            ended.put(Ended.of(entry, entry.kind() & ~SideLog.ENDED), number);
        }
    }

    /** To the first entry again. */
    void rewind() {
        number = 0;
    }

    /** Of the entries, one after the other. */
    boolean isEnded(Side entry) {
        number++;
        Map.Entry<Integer, Long> later = told.higherEntry(number);
        return later != null && entry.arrival() <= later.getValue()
                || !ended.isEmpty()
                        && ended.getOrDefault(Ended.of(entry, kindOfSide(entry)), -1) > number;
    }

    /** A pairing is over where its caller is. */
    private static int kindOfSide(Side entry) {
        return entry.kind() == SideLog.PAIRED ? Side.CALLER : entry.kind();
    }
}
