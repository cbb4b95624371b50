package io.tailrace.operators.sampling.state;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The deadlines of resident traces. Traces outnumber the milliseconds that they wait, so that those
 * of one millisecond are in an array, and only milliseconds are sorted.
 */
final class DeadlineQueue {

    private final TreeMap<Long, Moment> moments = new TreeMap<>();

    /** Most traces that follow each other have the same deadline. */
    private Moment recent;

    /** The traces that are due at one time, in no order. */
    static final class Moment {
        private static final int LEAST = 2;

        private final long time;
        private ResidentTrace[] traces = new ResidentTrace[LEAST];
        private int size;

        private Moment(long time) {
            this.time = time;
        }

        private void add(ResidentTrace trace) {
            if (size == traces.length) {
                traces = Arrays.copyOf(traces, 2 * size);
            }
            trace.inMoment = size;
            traces[size++] = trace;
        }

        /** The last takes its place. */
        private void remove(ResidentTrace trace) {
            ResidentTrace last = traces[--size];
            traces[size] = null;
            if (last != trace) {
                traces[trace.inMoment] = last;
                last.inMoment = trace.inMoment;
            }
        }

        private ResidentTrace last() {
            return traces[size - 1];
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
        if (recent == null || recent.time != time || recent.size == 0) {
            recent = moments.computeIfAbsent(time, Moment::new);
        }
        recent.add(trace);
        trace.moment = recent;
        trace.due = time;
    }

    void remove(ResidentTrace trace) {
        Moment moment = trace.moment;
        moment.remove(trace);
        trace.moment = null;
        if (moment.size == 0) {
            moments.remove(moment.time);
        }
    }

    /**
     * The traces that {@link #first} gives next, where nothing is set or removed meanwhile but
     * those.
     *
     * @param until no trace that is due later
     * @return how many there are, at most as many as the array holds
     */
    int firsts(long until, ResidentTrace[] into) {
        int count = 0;
        for (Moment moment : moments.headMap(until, true).values()) {
            for (int i = moment.size - 1; i >= 0 && count < into.length; i--) {
                into[count++] = moment.traces[i];
            }
            if (count == into.length) {
                return count;
            }
        }
        return count;
    }

    /** The least deadline; {@link Long#MAX_VALUE} where there is none. */
    long next() {
        return moments.isEmpty() ? Long.MAX_VALUE : moments.firstKey();
    }

    /** One of the traces of the least deadline; null where there is none. */
    ResidentTrace first() {
        Map.Entry<Long, Moment> least = moments.firstEntry();
        return least == null ? null : least.getValue().last();
    }
}
