package io.tailrace.operators.sampling;

/** Cuts spans out of a chunk that the trace has already. */
@FunctionalInterface
interface UniqueSpans {

    /** What is new of a chunk; null where nothing is. */
    TraceChunk of(TraceChunk chunk);

    /** Takes every chunk as it is. */
    static UniqueSpans off() {
        return chunk -> chunk;
    }
}
