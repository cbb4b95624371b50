package io.tailrace.operators.sampling;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;

/** Trace id, number of spans, bytes. */
public final class KeptSpansSerializer extends ValueSerializer<KeptSpans> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(KeptSpans kept, DataOutputView out) throws IOException {
        out.writeLong(kept.traceId().high());
        out.writeLong(kept.traceId().low());
        Primitives.writeSize(kept.spans(), out);
        Primitives.writeBytes(kept.otlp(), out);
    }

    @Override
    public KeptSpans deserialize(DataInputView in) throws IOException {
        return new KeptSpans(
                new TraceId(in.readLong(), in.readLong()),
                Primitives.readSize(in),
                Primitives.readBytes(in));
    }

    @Override
    public TypeSerializerSnapshot<KeptSpans> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<KeptSpans> {
        public Snapshot() {
            super(1, version -> new KeptSpansSerializer());
        }
    }
}
