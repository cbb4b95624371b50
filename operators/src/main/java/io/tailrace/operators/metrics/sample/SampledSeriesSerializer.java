package io.tailrace.operators.metrics.sample;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.metrics.SeriesFormat;
import io.tailrace.operators.metrics.TotalsFormat;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The components in their order. */
public final class SampledSeriesSerializer extends ValueSerializer<SampledSeries> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(SampledSeries sampled, DataOutputView out) throws IOException {
        SeriesFormat.write(sampled.series(), out);
        out.writeLong(sampled.start());
        out.writeLong(sampled.sampled());
        out.writeLong(sampled.lastRow());
        out.writeLong(sampled.check());
        out.writeBoolean(sampled.totals() != null);
        if (sampled.totals() != null) {
            TotalsFormat.write(sampled.totals(), out);
        }
        out.writeBoolean(sampled.unsampled());
    }

    @Override
    public SampledSeries deserialize(DataInputView in) throws IOException {
        return new SampledSeries(
                SeriesFormat.read(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean() ? TotalsFormat.read(in) : null,
                in.readBoolean());
    }

    @Override
    public TypeSerializerSnapshot<SampledSeries> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<SampledSeries> {
        public Snapshot() {
            super(1, version -> new SampledSeriesSerializer());
        }
    }
}
