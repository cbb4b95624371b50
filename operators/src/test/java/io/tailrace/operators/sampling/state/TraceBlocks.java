package io.tailrace.operators.sampling.state;

import io.tailrace.operators.span.TraceId;

/** Blocks of open traces as state holds them. */
public final class TraceBlocks {

    private TraceBlocks() {}

    /** One with a part of a trace, and the end of another. */
    public static TraceBlock of(TraceId open, byte[] part, TraceId ended) {
        TraceBlock block = new TraceBlock();
        block.append(open, part, 0, part.length, 0, 0);
        block.appendEnd(ended);
        return block.trimmed();
    }
}
