package io.tailrace.operators.sampling;

import io.tailrace.operators.span.wire.SpanCutter;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongPredicate;

/** Cuts spans out of chunks by their ids. */
final class Deduplicator {

    private final ChunkEvidence chunkEvidence;
    private final SpanCutter cutter = new SpanCutter();

    Deduplicator(ChunkEvidence chunkEvidence) {
        this.chunkEvidence = chunkEvidence;
    }

    /**
     * @param isNew asked of each id in the chunk's order
     * @return null where nothing is new
     */
    TraceChunk cut(TraceChunk chunk, LongPredicate isNew) {
        long[] ids = chunk.spanIds();
        boolean[] stays = new boolean[ids.length];
        int count = 0;
        for (int i = 0; i < ids.length; i++) {
            stays[i] = isNew.test(ids[i]);
            count += stays[i] ? 1 : 0;
        }
        if (count == ids.length) {
            return chunk;
        }
        return count == 0 ? null : cut(chunk, stays, count);
    }

    private TraceChunk cut(TraceChunk chunk, boolean[] stays, int count) {
        int[] next = {0};
        byte[] otlp = cutter.cut(chunk.otlp(), span -> stays[next[0]++]);
        long[] ids = new long[count];
        int to = 0;
        for (int i = 0; i < stays.length; i++) {
            if (stays[i]) {
                ids[to++] = chunk.spanIds()[i];
            }
        }
        return chunkEvidence.remade(chunk, otlp, ids);
    }

    /** Lets each id pass once over all chunks that it is asked of. */
    UniqueSpans once() {
        Set<Long> seen = new HashSet<>();
        return chunk -> cut(chunk, seen::add);
    }
}
