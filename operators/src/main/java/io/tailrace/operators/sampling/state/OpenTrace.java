package io.tailrace.operators.sampling.state;

import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.serialization.ValueTypeInformation;

import java.util.Objects;

/**
 * What is known of a trace that is not decided yet, beside its chunks. It changes in place with
 * each chunk, which are more than anything else.
 */
public final class OpenTrace {

    public static final ValueTypeInformation<OpenTrace> TYPE =
            new ValueTypeInformation<>(OpenTrace.class, new OpenTraceSerializer());

    private final boolean reopened;
    private long firstSeen;
    private long rootArrival;
    private long deadline;
    private int spans;
    private long bytes;
    private Gathered gathered;

    /**
     * @param firstSeen least arrival of its chunks, milliseconds since the epoch
     * @param rootArrival least arrival of a chunk with a root; {@link Long#MAX_VALUE} before one
     *     came
     * @param deadline when it is to be decided, in arrival time
     * @param spans of all chunks, also those that will turn out to be late; one that is known to be
     *     there twice counts once
     * @param bytes of all chunks
     * @param reopened whether, when it was opened, an earlier decision of its id was still
     *     remembered
     * @param gathered null where nothing was, as in state of version 1
     */
    public OpenTrace(
            long firstSeen,
            long rootArrival,
            long deadline,
            int spans,
            long bytes,
            boolean reopened,
            Gathered gathered) {
        this.firstSeen = firstSeen;
        this.rootArrival = rootArrival;
        this.deadline = deadline;
        this.spans = spans;
        this.bytes = bytes;
        this.reopened = reopened;
        this.gathered = gathered;
    }

    /** Before its first chunk. */
    public static OpenTrace empty(boolean reopened) {
        return new OpenTrace(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 0, 0, reopened, null);
    }

    /** Whether it has no chunk yet. */
    public boolean isEmpty() {
        return spans == 0;
    }

    /** Whether nothing that may still come could change what becomes of it. */
    public boolean isSettled() {
        return gathered != null && gathered.settled();
    }

    /**
     * Counts one more chunk, which was gathered before; the deadline only ever comes closer.
     *
     * @param again how many of its spans are there already
     */
    public void add(TraceChunk chunk, int again, Deadlines deadlines) {
        firstSeen = Math.min(firstSeen, chunk.arrival());
        if (chunk.evidence().hasRoot()) {
            rootArrival = Math.min(rootArrival, chunk.arrival());
        }
        spans += chunk.spans() - again;
        bytes += chunk.otlp().length;
        deadline = deadlineWith(gathered, deadlines);
    }

    /** When it is to be decided where it has come to that. */
    public long deadlineWith(Gathered then, Deadlines deadlines) {
        long latest = deadlines.of(firstSeen, rootArrival);
        return then == null ? latest : Math.min(latest, then.settledAt());
    }

    /** Says what it has come to; the deadline follows with the next chunk. */
    public void gathered(Gathered then) {
        gathered = then;
    }

    /** Puts its deadline off, where it has come to something else than was thought. */
    public void putOff(Gathered then, Deadlines deadlines) {
        gathered = then;
        deadline = deadlineWith(then, deadlines);
    }

    public long firstSeen() {
        return firstSeen;
    }

    public long rootArrival() {
        return rootArrival;
    }

    public long deadline() {
        return deadline;
    }

    public int spans() {
        return spans;
    }

    public long bytes() {
        return bytes;
    }

    public boolean reopened() {
        return reopened;
    }

    public Gathered gathered() {
        return gathered;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OpenTrace that
                && firstSeen == that.firstSeen
                && rootArrival == that.rootArrival
                && deadline == that.deadline
                && spans == that.spans
                && bytes == that.bytes
                && reopened == that.reopened
                && Objects.equals(gathered, that.gathered);
    }

    @Override
    public int hashCode() {
        return Objects.hash(firstSeen, deadline, spans, bytes);
    }
}
