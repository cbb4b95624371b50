package io.tailrace.operators.state;

import java.util.Arrays;

/**
 * A filter of ids that are forgotten as time goes on, which is cheap to ask: it has one {@link
 * IdFilter} for each of few long generations of time, so an id may stay that much longer.
 */
public final class IdScreen {

    private final ExpirySlices time;
    private final long salt;
    private final long least;
    private Generation[] generations = {};

    private record Generation(long end, IdFilter filter) {}

    /**
     * @param time how it is cut into generations
     * @param least how many ids a generation has room for at first
     */
    public IdScreen(ExpirySlices time, long salt, long least) {
        this.time = time;
        this.salt = salt;
        this.least = least;
    }

    /** Adds an id that may be forgotten when the watermark is at a time. */
    public void add(long hash, long expires) {
        filter(time.endOf(expires)).add(hash);
    }

    private IdFilter filter(long end) {
        // The newest come last, and get most.
        for (int i = generations.length - 1; i >= 0; i--) {
            if (generations[i].end == end) {
                return generations[i].filter;
            }
        }
        long most = 0;
        for (Generation generation : generations) {
            most = Math.max(most, generation.filter.ids());
        }
        IdFilter filter = new IdFilter(salt, Math.max(least, most + most / 8));
        generations = Arrays.copyOf(generations, generations.length + 1);
        generations[generations.length - 1] = new Generation(end, filter);
        return filter;
    }

    public boolean mayContain(long hash) {
        for (Generation generation : generations) {
            if (generation.filter.mayContain(hash)) {
                return true;
            }
        }
        return false;
    }

    /** Drops the generations that are over. */
    public void dropUntil(long watermark) {
        for (Generation generation : generations) {
            if (generation.end <= watermark) {
                generations =
                        Arrays.stream(generations)
                                .filter(each -> each.end > watermark)
                                .toArray(Generation[]::new);
                return;
            }
        }
    }

    public long bytes() {
        return Arrays.stream(generations).mapToLong(each -> each.filter.bytes()).sum();
    }
}
