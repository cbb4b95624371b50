package io.tailrace.operators.metrics;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The components in their order. */
public final class MetricSampleSerializer extends ValueSerializer<MetricSample> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(MetricSample sample, DataOutputView out) throws IOException {
        SeriesFormat.write(sample.series(), out);
        out.writeLong(sample.start());
        out.writeLong(sample.time());
        TotalsFormat.write(sample.totals(), out);
    }

    @Override
    public MetricSample deserialize(DataInputView in) throws IOException {
        return new MetricSample(
                SeriesFormat.read(in), in.readLong(), in.readLong(), TotalsFormat.read(in));
    }

    @Override
    public TypeSerializerSnapshot<MetricSample> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<MetricSample> {
        public Snapshot() {
            super(1, version -> new MetricSampleSerializer());
        }
    }
}
