package io.tailrace.operators.sampling.state;

/** Traces in the order they came in. A trace is in one such list at most. */
final class ResidentList {

    private ResidentTrace first;
    private ResidentTrace last;
    private int size;

    /** The one that is in it longest; null where it is empty. */
    ResidentTrace first() {
        return first;
    }

    /** The one that came last; null where it is empty. */
    ResidentTrace last() {
        return last;
    }

    int size() {
        return size;
    }

    /** Adds a trace at the end, and takes it out of the list that it is in. */
    void add(ResidentTrace trace) {
        if (trace.list != null) {
            trace.list.remove(trace);
        }
        trace.list = this;
        trace.previous = last;
        if (last == null) {
            first = trace;
        } else {
            last.next = trace;
        }
        last = trace;
        size++;
    }

    void remove(ResidentTrace trace) {
        if (trace.previous == null) {
            first = trace.next;
        } else {
            trace.previous.next = trace.next;
        }
        if (trace.next == null) {
            last = trace.previous;
        } else {
            trace.next.previous = trace.previous;
        }
        trace.list = null;
        trace.previous = null;
        trace.next = null;
        size--;
    }
}
