package io.tailrace.operators.sampling;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.evidence.EvidenceFormat;
import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;

/** Trace id, arrival, fingerprint, evidence, bytes; from version 2 on, span ids. */
public final class TraceChunkSerializer extends ValueSerializer<TraceChunk> {

    private static final long serialVersionUID = 1L;
    private static final int NEWEST = 2;
    private static final long[] NO_IDS = {};

    private final int version;

    public TraceChunkSerializer() {
        this(NEWEST);
    }

    private TraceChunkSerializer(int version) {
        this.version = version;
    }

    @Override
    public void serialize(TraceChunk chunk, DataOutputView out) throws IOException {
        out.writeLong(chunk.traceId().high());
        out.writeLong(chunk.traceId().low());
        out.writeLong(chunk.arrival());
        out.writeLong(chunk.fingerprint());
        EvidenceFormat.write(chunk.evidence(), out);
        Primitives.writeBytes(chunk.otlp(), out);
        Primitives.writeSize(chunk.spanIds().length, out);
        for (long id : chunk.spanIds()) {
            out.writeLong(id);
        }
    }

    @Override
    public TraceChunk deserialize(DataInputView in) throws IOException {
        TraceId traceId = new TraceId(in.readLong(), in.readLong());
        long arrival = in.readLong();
        long fingerprint = in.readLong();
        Evidence evidence = EvidenceFormat.read(in);
        byte[] otlp = Primitives.readBytes(in);
        long[] spanIds = version == 1 ? NO_IDS : readIds(in);
        return new TraceChunk(traceId, arrival, otlp, evidence, fingerprint, spanIds);
    }

    private static long[] readIds(DataInputView in) throws IOException {
        int size = Primitives.readSize(in);
        if (size == 0) {
            return NO_IDS;
        }
        long[] ids = new long[size];
        for (int i = 0; i < size; i++) {
            ids[i] = in.readLong();
        }
        return ids;
    }

    @Override
    public TypeSerializerSnapshot<TraceChunk> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 2. */
    public static final class Snapshot extends ValueSerializerSnapshot<TraceChunk> {
        public Snapshot() {
            super(NEWEST, TraceChunkSerializer::new);
        }
    }
}
