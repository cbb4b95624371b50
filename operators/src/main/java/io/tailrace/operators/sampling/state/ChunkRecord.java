package io.tailrace.operators.sampling.state;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;

/**
 * How a chunk is written beside the others of its trace, whose id is known. Its evidence is part of
 * what was gathered of the trace, and is made anew by the few who need that of a chunk.
 */
final class ChunkRecord {

    private static final long[] NO_IDS = {};

    private ChunkRecord() {}

    /** Writes all but the OTLP bytes, which follow. */
    static void writeHead(TraceChunk chunk, DataOutputView out) throws IOException {
        Primitives.writeLong(chunk.arrival(), out);
        Primitives.writeSize(chunk.spans(), out);
        Primitives.writeSize(chunk.spanIds().length, out);
        for (long id : chunk.spanIds()) {
            out.writeLong(id);
        }
        Primitives.writeSize(chunk.otlp().length, out);
    }

    static TraceChunk read(TraceId traceId, DataInputView in) throws IOException {
        long arrival = Primitives.readLong(in);
        int spans = Primitives.readSize(in);
        int size = Primitives.readSize(in);
        long[] ids = size == 0 ? NO_IDS : new long[size];
        for (int i = 0; i < size; i++) {
            ids[i] = in.readLong();
        }
        byte[] otlp = Primitives.readBytes(in);
        Evidence evidence = Evidence.unread(spans, otlp.length);
        return new TraceChunk(traceId, arrival, otlp, evidence, TraceChunk.UNREAD, ids);
    }
}
