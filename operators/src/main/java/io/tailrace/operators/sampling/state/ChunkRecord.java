package io.tailrace.operators.sampling.state;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.sampling.evidence.EvidenceFormat;
import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;

/** How a chunk is written beside the others of its trace, whose id is known. */
final class ChunkRecord {

    private static final long[] NO_IDS = {};

    private ChunkRecord() {}

    static void write(TraceChunk chunk, DataOutputView out) throws IOException {
        out.writeLong(chunk.arrival());
        out.writeLong(chunk.fingerprint());
        EvidenceFormat.write(chunk.evidence(), out);
        Primitives.writeSize(chunk.spanIds().length, out);
        for (long id : chunk.spanIds()) {
            out.writeLong(id);
        }
        Primitives.writeBytes(chunk.otlp(), out);
    }

    static TraceChunk read(TraceId traceId, DataInputView in) throws IOException {
        long arrival = in.readLong();
        long fingerprint = in.readLong();
        var evidence = EvidenceFormat.read(in);
        int size = Primitives.readSize(in);
        long[] ids = size == 0 ? NO_IDS : new long[size];
        for (int i = 0; i < size; i++) {
            ids[i] = in.readLong();
        }
        return new TraceChunk(
                traceId, arrival, Primitives.readBytes(in), evidence, fingerprint, ids);
    }
}
