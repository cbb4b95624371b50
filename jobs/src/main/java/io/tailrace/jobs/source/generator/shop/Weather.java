package io.tailrace.jobs.source.generator.shop;

/**
 * What may go wrong in the shop, and with the sending of its spans.
 *
 * @param lateFlushes share of (trace, instance) pairs whose spans are sent late, 0 to 1
 * @param rootless share of traces whose root span is never sent, 0 to 1
 */
public record Weather(
        long seed, boolean errorBursts, boolean slowPeriods, double lateFlushes, double rootless) {

    boolean during(Episode episode, long offset) {
        boolean wanted =
                switch (episode) {
                    case PAYMENT_FAILURES, CACHE_TIMEOUTS -> errorBursts;
                    case SLOW_INVENTORY -> slowPeriods;
                };
        return wanted && episode.at(offset, seed);
    }
}
