package io.tailrace.operators.state;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;

import java.time.Duration;

/**
 * Guesses from the last snapshots how far event time will be at the next one, so that some of its
 * writing can be done before. What comes of a wrong guess is written in vain, or later; nothing
 * else hangs on it.
 */
public final class SnapshotPace {

    /** The last part of the time between two snapshots in which there is writing ahead. */
    private static final double AHEAD = 0.25;

    private static final double MOST_AT_ONCE = 0.5;

    /** Of one that is later than that nobody knows when it comes. */
    private static final double LATEST = 1.25;

    private final long configured;
    private long interval;
    private long last;
    private boolean any;
    private long lastAhead;
    private long since;
    private long watermarkThen = Long.MIN_VALUE;

    /**
     * @param interval how often snapshots are to be made, milliseconds; 0 where none are
     * @param now in processing time, milliseconds, as everywhere here
     */
    public SnapshotPace(long interval, long now) {
        this.configured = interval;
        this.interval = interval;
        this.last = now;
    }

    /** With the interval that a job is configured with. */
    public static SnapshotPace of(Configuration job, long now) {
        return new SnapshotPace(
                job.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                        .map(Duration::toMillis)
                        .orElse(0L),
                now);
    }

    /** A snapshot is made. */
    public void snapshot(long now, long watermark) {
        if (any) {
            interval = Math.max(configured, now - last);
        }
        any = true;
        last = now;
        since = now;
        lastAhead = now + (long) (interval * (1 - AHEAD));
        watermarkThen = watermark;
    }

    /**
     * Says how far event time is.
     *
     * @return whether the next snapshot is likely to come soon, and {@link #watermarkAtNext} is
     *     known
     */
    public boolean isSoon(long now, long watermark) {
        if (watermarkThen == Long.MIN_VALUE) {
            since = now;
            watermarkThen = watermark;
            return false;
        }
        return interval > 0
                && now - last >= interval * (1 - AHEAD)
                && now - last <= interval * LATEST
                && now > since
                && watermark < Long.MAX_VALUE;
    }

    /**
     * Which part of what can be written ahead should be now, so that it is spread evenly over the
     * time that is left; from 0 to a half.
     */
    public double share(long now) {
        double left = Math.max(1, interval - (now - last));
        double share = Math.min(MOST_AT_ONCE, (now - lastAhead) / left);
        lastAhead = now;
        return share;
    }

    /** The watermark at the next snapshot, if time goes on as it did since the last one. */
    public long watermarkAtNext(long now, long watermark) {
        double speed = (double) (watermark - watermarkThen) / (now - since);
        return watermark + (long) (speed * Math.max(0, interval - (now - last)));
    }
}
