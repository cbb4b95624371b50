package io.tailrace.bench.reference;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;

/** Trace id (16 bytes), span id (8), the text behind its size. */
public final class BkSpanSerializer extends ValueSerializer<BkSpan> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(BkSpan span, DataOutputView out) throws IOException {
        out.writeLong(span.traceId().high());
        out.writeLong(span.traceId().low());
        out.writeLong(span.spanId());
        Primitives.writeBytes(span.json(), out);
    }

    @Override
    public BkSpan deserialize(DataInputView in) throws IOException {
        TraceId traceId = new TraceId(in.readLong(), in.readLong());
        return new BkSpan(traceId, in.readLong(), Primitives.readBytes(in));
    }

    @Override
    public TypeSerializerSnapshot<BkSpan> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<BkSpan> {
        public Snapshot() {
            super(1, version -> new BkSpanSerializer());
        }
    }
}
