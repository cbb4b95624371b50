package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/**
 * The frozen bytes. Before version 3 there was only what is known of a trace, and its chunks were
 * in a state of their own; before version 2 nothing was gathered.
 */
public final class OpenTraceSerializer extends ValueSerializer<StoredTrace> {

    private static final long serialVersionUID = 1L;
    private static final int NEWEST = 3;

    private final int version;

    public OpenTraceSerializer() {
        this(NEWEST);
    }

    private OpenTraceSerializer(int version) {
        this.version = version;
    }

    @Override
    public void serialize(StoredTrace trace, DataOutputView out) throws IOException {
        Primitives.writeBytes(trace.bytes(), out);
    }

    @Override
    public StoredTrace deserialize(DataInputView in) throws IOException {
        return new StoredTrace(
                version < 3
                        ? FrozenTraces.withChunksApart(OpenTraceFormat.read(in, version > 1))
                        : Primitives.readBytes(in));
    }

    @Override
    public TypeSerializerSnapshot<StoredTrace> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 3. */
    public static final class Snapshot extends ValueSerializerSnapshot<StoredTrace> {
        public Snapshot() {
            super(NEWEST, OpenTraceSerializer::new);
        }
    }
}
