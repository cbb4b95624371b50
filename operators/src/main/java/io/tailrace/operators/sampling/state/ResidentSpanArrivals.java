package io.tailrace.operators.sampling.state;

import java.util.Map;

/** Looks among the spans of a resident trace. */
final class ResidentSpanArrivals implements SpanArrivals {

    private final Map<Long, Long> arrivals;
    private final long arrival;
    private int again;

    /**
     * @param arrivals least arrivals by span id
     * @param arrival of the chunk
     */
    ResidentSpanArrivals(Map<Long, Long> arrivals, long arrival) {
        this.arrivals = arrivals;
        this.arrival = arrival;
    }

    @Override
    public boolean test(long spanId) {
        Long before = arrivals.get(spanId);
        if (before != null && before <= arrival) {
            return false;
        }
        again += before == null ? 0 : 1;
        arrivals.put(spanId, arrival);
        return true;
    }

    @Override
    public int again() {
        return again;
    }
}
