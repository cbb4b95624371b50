package io.tailrace.operators.metrics.window;

import java.io.Serializable;

/**
 * When a window begins, when its row is due, and until when it can be corrected. A window is called
 * by its start; all is in milliseconds.
 *
 * @param size of a window, 1 or more; windows begin at its multiples since the epoch
 * @param delay how long after its end a window's row comes
 * @param allowedLateness for how long after that what comes corrects the row
 */
public record WindowTimes(long size, long delay, long allowedLateness) implements Serializable {

    private static final long SHORTEST_STEP = 1000;

    /** The window that a time falls into. */
    public long start(long time) {
        return Math.floorDiv(time, size) * size;
    }

    /** When the first row of a window is made. */
    public long due(long start) {
        return start + size + delay;
    }

    /**
     * When a row is made that has what arrived then: so that there are not as many as parts, at the
     * next of the moments that follow each other as the row does the window, and at least a second
     * apart.
     */
    public long correction(long start, long arrival) {
        long step = Math.max(SHORTEST_STEP, delay);
        long due = due(start);
        return arrival <= due ? due : due + (arrival - due + step - 1) / step * step;
    }

    /** When nothing more is known of a window. */
    public long closed(long start) {
        return due(start) + allowedLateness;
    }

    /** Whether what arrived then can no longer count. */
    public boolean tooLate(long start, long arrival) {
        return arrival > closed(start);
    }
}
