package io.tailrace.operators.sampling.state;

import java.util.function.LongPredicate;

/**
 * Asked of the ids of a chunk's spans in turn: whether the open trace has none of this id that
 * arrived as early. Remembers the least arrival of each.
 */
public interface SpanArrivals extends LongPredicate {

    /** Of how many of those that passed the trace has one that arrived later. */
    int again();

    /** Takes every span for a new one, and remembers none. */
    static SpanArrivals off() {
        return new SpanArrivals() {
            @Override
            public boolean test(long spanId) {
                return true;
            }

            @Override
            public int again() {
                return 0;
            }
        };
    }
}
