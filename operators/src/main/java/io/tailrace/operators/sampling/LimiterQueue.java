package io.tailrace.operators.sampling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Holds back what is due at the same time until all of it is there, and hands it on in order:
 * timers of one time fire in no order of their own, yet who is first gets what a budget has left.
 * Holds nothing between two watermarks.
 *
 * @param <T> what waits
 */
final class LimiterQueue<T> {

    /** Takes what waited. */
    @FunctionalInterface
    interface Taker<T> {
        void take(T next) throws Exception;
    }

    private final Comparator<T> order;
    private final Taker<T> taker;
    private List<T> waiting = new ArrayList<>();
    private long due;

    LimiterQueue(Comparator<T> order, Taker<T> taker) {
        this.order = order;
        this.taker = taker;
    }

    /** Adds one that is due with those that wait: what is due before was handed on. */
    void add(long time, T next) {
        due = time;
        waiting.add(next);
    }

    /**
     * Hands on what is due before a time.
     *
     * @return whether there was any
     */
    boolean flushBefore(long time) throws Exception {
        return !waiting.isEmpty() && due < time && flush();
    }

    /**
     * Hands on all.
     *
     * @return whether there was any
     */
    boolean flush() throws Exception {
        if (waiting.isEmpty()) {
            return false;
        }
        List<T> ready = waiting;
        waiting = new ArrayList<>();
        ready.sort(order);
        for (T each : ready) {
            taker.take(each);
        }
        return true;
    }
}
