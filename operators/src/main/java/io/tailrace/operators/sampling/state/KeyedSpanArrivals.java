package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.state.MapState;

/** Looks in keyed state. */
final class KeyedSpanArrivals implements SpanArrivals {

    private final MapState<Long, Long> arrivals;
    private final long arrival;
    private int again;

    /**
     * @param arrivals least arrivals by span id
     * @param arrival of the chunk
     */
    KeyedSpanArrivals(MapState<Long, Long> arrivals, long arrival) {
        this.arrivals = arrivals;
        this.arrival = arrival;
    }

    @Override
    public boolean test(long spanId) {
        try {
            Long before = arrivals.get(spanId);
            if (before != null && before <= arrival) {
                return false;
            }
            again += before == null ? 0 : 1;
            arrivals.put(spanId, arrival);
            return true;
        } catch (Exception failed) {
            throw new IllegalStateException("State cannot be read or written", failed);
        }
    }

    @Override
    public int again() {
        return again;
    }
}
