package io.tailrace.operators.sampling.state;

import java.util.Map;
import java.util.TreeMap;

/**
 * The deadlines of resident traces. Traces outnumber the milliseconds that they wait, so that those
 * of one millisecond are linked, and only milliseconds are sorted.
 */
final class DeadlineQueue {

    private final TreeMap<Long, Moment> moments = new TreeMap<>();

    /** Most traces that follow each other have the same deadline. */
    private Moment recent;

    /** The traces that are due at one time. */
    static final class Moment {
        private final long time;
        private ResidentTrace first;

        private Moment(long time) {
            this.time = time;
        }
    }

    /** Sets a trace's deadline, or sets it anew. */
    void set(ResidentTrace trace, long time) {
        if (trace.moment != null) {
            if (trace.due == time) {
                return;
            }
            remove(trace);
        }
        if (recent == null || recent.time != time || recent.first == null) {
            recent = moments.computeIfAbsent(time, Moment::new);
        }
        trace.moment = recent;
        trace.due = time;
        trace.nextDue = recent.first;
        if (recent.first != null) {
            recent.first.previousDue = trace;
        }
        recent.first = trace;
    }

    void remove(ResidentTrace trace) {
        Moment moment = trace.moment;
        if (trace.previousDue == null) {
            moment.first = trace.nextDue;
        } else {
            trace.previousDue.nextDue = trace.nextDue;
        }
        if (trace.nextDue != null) {
            trace.nextDue.previousDue = trace.previousDue;
        }
        trace.moment = null;
        trace.previousDue = null;
        trace.nextDue = null;
        if (moment.first == null) {
            moments.remove(moment.time);
        }
    }

    /** The least deadline; {@link Long#MAX_VALUE} where there is none. */
    long next() {
        return moments.isEmpty() ? Long.MAX_VALUE : moments.firstKey();
    }

    /** One of the traces of the least deadline; null where there is none. */
    ResidentTrace first() {
        Map.Entry<Long, Moment> least = moments.firstEntry();
        return least == null ? null : least.getValue().first;
    }
}
