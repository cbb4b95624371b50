package io.tailrace.operators.sampling.limit;

import io.tailrace.operators.serialization.ValueTypeInformation;

/**
 * One subtask's share of a budget, as it is kept in state.
 *
 * @param name the budget's
 * @param tokens what is there at {@code time}; below zero is debt
 * @param time milliseconds since the epoch; {@link Long#MIN_VALUE} before anything was asked
 * @param rate what comes to this share in a second
 * @param capacity what it holds at most
 */
public record BucketShare(String name, double tokens, long time, double rate, double capacity) {

    public static final ValueTypeInformation<BucketShare> TYPE =
            new ValueTypeInformation<>(BucketShare.class, new BucketShareSerializer());

    /** A full one. */
    static BucketShare full(Budget budget, int parallelism) {
        double capacity = budget.burst() / parallelism;
        return new BucketShare(
                budget.name(), capacity, Long.MIN_VALUE, budget.rate() / parallelism, capacity);
    }

    /** Filled up to a time; earlier times change nothing. */
    BucketShare at(long later) {
        if (later <= time) {
            return this;
        }
        // Of the time before the first question nothing is known, but that it was full then.
        double more = time == Long.MIN_VALUE ? 0 : rate * ((double) later - time) / 1000;
        return new BucketShare(name, Math.min(capacity, tokens + more), later, rate, capacity);
    }

    BucketShare less(double amount) {
        return new BucketShare(name, tokens - amount, time, rate, capacity);
    }
}
