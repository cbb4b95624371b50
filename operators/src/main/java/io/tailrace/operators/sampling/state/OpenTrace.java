package io.tailrace.operators.sampling.state;

import io.tailrace.operators.sampling.TraceChunk;

/**
 * What is known of a trace that is not decided yet, beside its chunks.
 *
 * @param firstSeen least arrival of its chunks, milliseconds since the epoch
 * @param rootArrival least arrival of a chunk with a root; {@link Long#MAX_VALUE} before one came
 * @param deadline when it is to be decided, in arrival time; its timer is set to it
 * @param spans of all chunks, also those that will turn out to be late; one that is known to be
 *     there twice counts once
 * @param bytes of all chunks
 * @param reopened whether, when it was opened, an earlier decision of its id was still remembered
 * @param gathered null where traces are not decided early
 */
public record OpenTrace(
        long firstSeen,
        long rootArrival,
        long deadline,
        int spans,
        long bytes,
        boolean reopened,
        Gathered gathered) {

    /** Before its first chunk. */
    public static OpenTrace empty(boolean reopened) {
        return new OpenTrace(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 0, 0, reopened, null);
    }

    /** Whether it has no chunk yet, and so no timer. */
    public boolean isEmpty() {
        return spans == 0;
    }

    /** Whether nothing that may still come could change what becomes of it. */
    public boolean isSettled() {
        return gathered != null && gathered.settled();
    }

    /**
     * With one more chunk; the deadline only ever comes closer.
     *
     * @param again how many of its spans are there already
     */
    public OpenTrace with(TraceChunk chunk, int again, Gathered then, Deadlines deadlines) {
        long first = Math.min(firstSeen, chunk.arrival());
        long root =
                chunk.evidence().hasRoot() ? Math.min(rootArrival, chunk.arrival()) : rootArrival;
        return new OpenTrace(
                first,
                root,
                then == null
                        ? deadlines.of(first, root)
                        : Math.min(deadlines.of(first, root), then.settledAt()),
                spans + chunk.spans() - again,
                bytes + chunk.otlp().length,
                reopened,
                then);
    }

    /** The same trace, where it has come to something else than was thought. */
    public OpenTrace with(Gathered then, Deadlines deadlines) {
        return new OpenTrace(
                firstSeen,
                rootArrival,
                Math.min(deadlines.of(firstSeen, rootArrival), then.settledAt()),
                spans,
                bytes,
                reopened,
                then);
    }
}
