package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.sampling.decision.DecisionRecordSerializer;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The time of expiry, then the record in its own format's version 1. */
public final class DecidedTraceSerializer extends ValueSerializer<DecidedTrace> {

    private static final long serialVersionUID = 1L;

    private final DecisionRecordSerializer records = new DecisionRecordSerializer();

    @Override
    public void serialize(DecidedTrace trace, DataOutputView out) throws IOException {
        out.writeLong(trace.expires());
        records.serialize(trace.record(), out);
    }

    @Override
    public DecidedTrace deserialize(DataInputView in) throws IOException {
        long expires = in.readLong();
        return new DecidedTrace(records.deserialize(in), expires);
    }

    @Override
    public TypeSerializerSnapshot<DecidedTrace> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<DecidedTrace> {
        public Snapshot() {
            super(1, version -> new DecidedTraceSerializer());
        }
    }
}
