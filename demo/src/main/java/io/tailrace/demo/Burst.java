package io.tailrace.demo;

import io.tailrace.jobs.source.generator.shop.Episode;

import java.time.Duration;

/**
 * When the shop's payments fail for the first time.
 *
 * @param from after the start of the traffic
 * @param until after the start of the traffic
 */
record Burst(Duration from, Duration until) {

    private static final Duration STEP = Duration.ofMillis(100);

    /** Asks the shop itself. */
    static Burst first(long seed) {
        Duration from = Duration.ZERO;
        while (!fails(from, seed)) {
            from = from.plus(STEP);
        }
        Duration until = from;
        while (fails(until, seed)) {
            until = until.plus(STEP);
        }
        return new Burst(from, until);
    }

    private static boolean fails(Duration offset, long seed) {
        return Episode.PAYMENT_FAILURES.at(offset.toNanos(), seed);
    }
}
