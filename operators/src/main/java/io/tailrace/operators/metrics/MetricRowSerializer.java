package io.tailrace.operators.metrics;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The components in their order. */
public final class MetricRowSerializer extends ValueSerializer<MetricRow> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(MetricRow row, DataOutputView out) throws IOException {
        SeriesFormat.write(row.series(), out);
        out.writeLong(row.windowStart());
        Primitives.writeSize(row.revision(), out);
        out.writeLong(row.fired());
        TotalsFormat.write(row.totals(), out);
        if (row.revision() > 0) {
            TotalsFormat.write(row.added(), out);
        }
    }

    @Override
    public MetricRow deserialize(DataInputView in) throws IOException {
        Series series = SeriesFormat.read(in);
        long windowStart = in.readLong();
        int revision = Primitives.readSize(in);
        long fired = in.readLong();
        SeriesTotals totals = TotalsFormat.read(in);
        SeriesTotals added = revision > 0 ? TotalsFormat.read(in) : totals;
        return new MetricRow(series, windowStart, revision, fired, totals, added);
    }

    @Override
    public TypeSerializerSnapshot<MetricRow> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<MetricRow> {
        public Snapshot() {
            super(1, version -> new MetricRowSerializer());
        }
    }
}
