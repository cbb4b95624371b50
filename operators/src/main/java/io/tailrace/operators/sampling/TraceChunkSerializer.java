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

/** Trace id, arrival, fingerprint, evidence, bytes. */
public final class TraceChunkSerializer extends ValueSerializer<TraceChunk> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(TraceChunk chunk, DataOutputView out) throws IOException {
        out.writeLong(chunk.traceId().high());
        out.writeLong(chunk.traceId().low());
        out.writeLong(chunk.arrival());
        out.writeLong(chunk.fingerprint());
        EvidenceFormat.write(chunk.evidence(), out);
        Primitives.writeBytes(chunk.otlp(), out);
    }

    @Override
    public TraceChunk deserialize(DataInputView in) throws IOException {
        TraceId traceId = new TraceId(in.readLong(), in.readLong());
        long arrival = in.readLong();
        long fingerprint = in.readLong();
        Evidence evidence = EvidenceFormat.read(in);
        return new TraceChunk(traceId, arrival, Primitives.readBytes(in), evidence, fingerprint);
    }

    @Override
    public TypeSerializerSnapshot<TraceChunk> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<TraceChunk> {
        public Snapshot() {
            super(1, version -> new TraceChunkSerializer());
        }
    }
}
