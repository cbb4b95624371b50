package io.tailrace.operators.pairing;

import io.tailrace.operators.span.TraceId;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What pairing is to do, one side after the other: each trace has a list of what waits, and all of
 * it is looked at every time.
 */
final class PlainWaiting {

    /** What was told, as text. */
    final List<String> told = new ArrayList<>();

    private final long wait;
    private final int maxSides;
    private final Map<TraceId, List<Waiting>> traces = new HashMap<>();

    PlainWaiting(long wait, int maxSides) {
        this.wait = wait;
        this.maxSides = maxSides;
    }

    private static final class Waiting {
        final SpanSide side;

        /** Of those that a caller was paired with. */
        final Set<Long> paired = new HashSet<>();

        Waiting(SpanSide side) {
            this.side = side;
        }
    }

    void add(SpanSide side) {
        boolean calls = side.kind().calls();
        if (!calls && side.callId() == 0) {
            told.add("user -> " + side.spanId());
            return;
        }
        List<Waiting> trace = traces.computeIfAbsent(side.traceId(), any -> new ArrayList<>());
        Waiting caller = null;
        List<Waiting> callees = new ArrayList<>();
        for (Waiting each : trace) {
            if (each.side.callId() == side.callId()) {
                if (each.side.kind().calls()) {
                    caller = each;
                } else {
                    callees.add(each);
                }
            }
        }
        if (calls ? caller != null : isKnown(side, caller, callees)) {
            told.add("again " + side.spanId());
            return;
        }
        Waiting mine = new Waiting(side);
        if (calls) {
            for (Waiting callee : callees) {
                if (Math.abs(callee.side.arrival() - side.arrival()) <= wait) {
                    told.add(side.spanId() + " -> " + callee.side.spanId());
                    mine.paired.add(callee.side.spanId());
                    trace.remove(callee);
                }
            }
        } else if (caller != null && Math.abs(caller.side.arrival() - side.arrival()) <= wait) {
            told.add(caller.side.spanId() + " -> " + side.spanId());
            caller.paired.add(side.spanId());
            return;
        }
        if (mine.paired.isEmpty() && trace.size() >= maxSides) {
            told.add("too many " + side.spanId());
            told.add("alone " + side.spanId());
        } else {
            trace.add(mine);
        }
    }

    private static boolean isKnown(SpanSide callee, Waiting caller, List<Waiting> callees) {
        return caller != null && caller.paired.contains(callee.spanId())
                || callees.stream().anyMatch(each -> each.side.spanId() == callee.spanId());
    }

    void watermark(long time) {
        for (List<Waiting> trace : traces.values()) {
            for (Iterator<Waiting> each = trace.iterator(); each.hasNext(); ) {
                Waiting waiting = each.next();
                if (waiting.side.arrival() + wait <= time) {
                    each.remove();
                    if (waiting.paired.isEmpty()) {
                        told.add("alone " + waiting.side.spanId());
                    }
                }
            }
        }
    }

    /** How many wait. */
    int size() {
        return traces.values().stream().mapToInt(List::size).sum();
    }
}
