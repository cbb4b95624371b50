package io.tailrace.operators.sampling.state;

import io.tailrace.operators.span.TraceId;

import java.util.Map;

/** An open trace in memory. It belongs to {@link OpenTraces}, which alone changes it. */
public final class ResidentTrace {

    final long high;
    final long low;

    /** Null while the trace is only frozen. */
    OpenTrace now;

    /** By span id, where duplicates are looked for; else null. Thawed with {@link #now}. */
    Map<Long, Long> arrivals;

    /** How many of them are in the account of memory. */
    int countedArrivals;

    /** Where it is as it was last frozen. The chunks there go before those in the log. */
    long frozen = ChunkLog.NONE;

    /** The last of its chunks in the log of chunks. */
    long lastRecord = ChunkLog.NONE;

    int records;

    /** The slice in which state has the trace, be it as it is now or as it was; else null. */
    TraceSlice stored;

    /** How many bytes of its frozen chunks are there, the first ones. */
    int storedChunks;

    /** Where it is in one of the lists of {@link OpenTraces}. */
    ResidentList list;

    ResidentTrace previous;
    ResidentTrace next;

    /** Where it is in the queue of deadlines. */
    DeadlineQueue.Moment moment;

    /** Its deadline in the queue. */
    long due;

    /** Where it is among those that are due at the same time. */
    int inMoment;

    ResidentTrace(TraceId id) {
        high = id.high();
        low = id.low();
    }

    public TraceId id() {
        return new TraceId(high, low);
    }

    /** When it is to be decided, in arrival time, milliseconds since the epoch. */
    public long deadline() {
        return due;
    }

    boolean is(TraceId id) {
        return high == id.high() && low == id.low();
    }
}
