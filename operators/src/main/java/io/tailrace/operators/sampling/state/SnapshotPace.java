package io.tailrace.operators.sampling.state;

/**
 * Guesses from the last snapshots how far event time will be at the next one, so that some of its
 * writing can be done before. What comes of a wrong guess is written in vain, or later; nothing
 * else hangs on it.
 */
public final class SnapshotPace {

    /** The last part of the time between two snapshots in which there is writing ahead. */
    private static final double AHEAD = 0.25;

    private boolean known;
    private long last;
    private long interval;
    private long watermarkThen = Long.MIN_VALUE;

    /**
     * A snapshot is made.
     *
     * @param now in processing time, milliseconds
     */
    public void snapshot(long now, long watermark) {
        interval = known ? now - last : 0;
        known = true;
        last = now;
        watermarkThen = watermark;
    }

    /** Whether the next snapshot is likely to come soon, and how far time will be is known. */
    public boolean isSoon(long now, long watermark) {
        return interval > 0
                && now - last >= interval * (1 - AHEAD)
                && watermarkThen > Long.MIN_VALUE
                && watermark < Long.MAX_VALUE;
    }

    /** The watermark at the next snapshot, if time goes on as it did since the last one. */
    public long watermarkAtNext(long now, long watermark) {
        long elapsed = Math.max(1, now - last);
        double speed = (double) (watermark - watermarkThen) / elapsed;
        return watermark + (long) (speed * Math.max(0, interval - elapsed));
    }
}
