package io.tailrace.operators.metrics;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The components in their order. */
public final class MetricPartSerializer extends ValueSerializer<MetricPart> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(MetricPart part, DataOutputView out) throws IOException {
        SeriesFormat.write(part.series(), out);
        out.writeLong(part.windowStart());
        out.writeLong(part.arrival());
        TotalsFormat.write(part.totals(), out);
    }

    @Override
    public MetricPart deserialize(DataInputView in) throws IOException {
        return new MetricPart(
                SeriesFormat.read(in), in.readLong(), in.readLong(), TotalsFormat.read(in));
    }

    @Override
    public TypeSerializerSnapshot<MetricPart> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<MetricPart> {
        public Snapshot() {
            super(1, version -> new MetricPartSerializer());
        }
    }
}
