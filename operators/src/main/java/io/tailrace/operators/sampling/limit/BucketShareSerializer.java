package io.tailrace.operators.sampling.limit;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The components in their order. */
public final class BucketShareSerializer extends ValueSerializer<BucketShare> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(BucketShare share, DataOutputView out) throws IOException {
        Primitives.writeText(share.name(), out);
        out.writeDouble(share.tokens());
        out.writeLong(share.time());
        out.writeDouble(share.rate());
        out.writeDouble(share.capacity());
    }

    @Override
    public BucketShare deserialize(DataInputView in) throws IOException {
        return new BucketShare(
                Primitives.readText(in),
                in.readDouble(),
                in.readLong(),
                in.readDouble(),
                in.readDouble());
    }

    @Override
    public TypeSerializerSnapshot<BucketShare> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<BucketShare> {
        public Snapshot() {
            super(1, version -> new BucketShareSerializer());
        }
    }
}
