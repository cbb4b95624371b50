package io.tailrace.operators.sampling.state;

import io.tailrace.operators.sampling.TraceChunk;

import java.util.List;
import java.util.function.Consumer;

/**
 * Where the sampler keeps what it knows of the trace at hand (the current key), so that how it is
 * kept can change without touching what is decided.
 */
public interface TraceStore {

    /** Null where no trace of this id is open. */
    OpenTrace open() throws Exception;

    /** Adds a chunk to the open trace, and says what is known of it then. */
    void add(TraceChunk chunk, OpenTrace then) throws Exception;

    /** Says anew what is known of the open trace. */
    void update(OpenTrace then) throws Exception;

    /** Looks for the spans of a chunk of this arrival in the open trace. */
    SpanArrivals arrivals(long arrival);

    /** The chunks of the open trace in the order they were added. */
    List<TraceChunk> chunks() throws Exception;

    /** Forgets the open trace and its chunks. */
    void removeOpen() throws Exception;

    /** Null where no decision is remembered. */
    DecidedTrace decided() throws Exception;

    void decided(DecidedTrace trace) throws Exception;

    void removeDecided() throws Exception;

    /** Shows all open traces of this subtask, by looking at each; for after a restore. */
    void forEachOpen(Consumer<OpenTrace> consumer) throws Exception;
}
