package io.tailrace.bench.measure;

/**
 * What one source reader sees of a run. Written by its task, read by who watches.
 *
 * <p>Time is taken here, in the task that sends: from the first request of the measured part to its
 * last. Between the source and what follows it only Flink's network buffers lie, so that whoever is
 * slow behind them holds the source back, and every pause of the keyed operator shows here as a gap
 * between two requests.
 */
public final class LaneMeter {

    private final Run run;

    private volatile long spans;
    private volatile long arrival = Long.MIN_VALUE;
    private volatile long measuredSpans;
    private volatile long measuredNanos;
    private volatile long longestGapNanos;
    private boolean measuring;
    private long first;
    private long last;

    LaneMeter(Run run) {
        this.run = run;
    }

    /** A request was handed on. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one task writes
    public void sent(int count, long requestArrival) {
        spans += count;
        arrival = requestArrival;
        if (run.phase() != Run.Phase.MEASURED) {
            return;
        }
        long now = System.nanoTime();
        if (!measuring) {
            measuring = true;
            first = now;
        } else {
            measuredSpans += count;
            measuredNanos = now - first;
            longestGapNanos = Math.max(longestGapNanos, now - last);
        }
        last = now;
    }

    /** All spans so far. */
    public long spans() {
        return spans;
    }

    /** Of the last request, milliseconds since the epoch; least of all before the first. */
    public long arrival() {
        return arrival;
    }

    /** Sent in the measured part. */
    long measuredSpans() {
        return measuredSpans;
    }

    /** From the first to the last request of the measured part. */
    long measuredNanos() {
        return measuredNanos;
    }

    /** The longest time between two requests of the measured part. */
    long longestGapNanos() {
        return longestGapNanos;
    }
}
