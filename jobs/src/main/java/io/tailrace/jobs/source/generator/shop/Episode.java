package io.tailrace.jobs.source.generator.shop;

/**
 * Times when something in the shop is wrong, in event time after the start. Each comes back; the
 * seed moves each of its occurrences by up to ten seconds.
 */
public enum Episode {
    /** Error burst: the payment provider fails four of ten charges. */
    PAYMENT_FAILURES(25, 20, 120),
    /** Slow period: the inventory's database takes ten times as long. */
    SLOW_INVENTORY(62, 25, 180),
    /** Error burst: the catalog's cache times out, and its database takes the load. */
    CACHE_TIMEOUTS(100, 12, 240);

    private static final long SECOND = 1_000_000_000L;
    private static final double MOST_MOVED = 10.0 * SECOND;

    private final long purpose;
    private final long first;
    private final long lasts;
    private final long every;

    Episode(long firstSeconds, long lastsSeconds, long everySeconds) {
        this.purpose = Purpose.EPISODES + firstSeconds;
        this.first = firstSeconds * SECOND;
        this.lasts = lastsSeconds * SECOND;
        this.every = everySeconds * SECOND;
    }

    /** Whether it goes on at so many nanoseconds after the start. */
    public boolean at(long offset, long seed) {
        if (offset < first) {
            return false;
        }
        long occurrence = (offset - first) / every;
        double moved = Dice.of(seed, purpose, occurrence).unit() * MOST_MOVED;
        long since = offset - first - occurrence * every - (long) moved;
        return since >= 0 && since < lasts;
    }
}
