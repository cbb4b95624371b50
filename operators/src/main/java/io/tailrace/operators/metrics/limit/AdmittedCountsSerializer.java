package io.tailrace.operators.metrics.limit;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The components in their order. */
public final class AdmittedCountsSerializer extends ValueSerializer<AdmittedCounts> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(AdmittedCounts counts, DataOutputView out) throws IOException {
        Primitives.writeSize(counts.series(), out);
        Primitives.writeSize(counts.marked(), out);
        Primitives.writeSize(counts.values().size(), out);
        for (Map.Entry<String, Integer> each : new TreeMap<>(counts.values()).entrySet()) {
            Primitives.writeText(each.getKey(), out);
            Primitives.writeSize(each.getValue(), out);
        }
    }

    @Override
    public AdmittedCounts deserialize(DataInputView in) throws IOException {
        int series = Primitives.readSize(in);
        int marked = Primitives.readSize(in);
        Map<String, Integer> values = new TreeMap<>();
        for (int rest = Primitives.readSize(in); rest > 0; rest--) {
            values.put(Primitives.readText(in), Primitives.readSize(in));
        }
        return new AdmittedCounts(series, marked, values);
    }

    @Override
    public TypeSerializerSnapshot<AdmittedCounts> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<AdmittedCounts> {
        public Snapshot() {
            super(1, version -> new AdmittedCountsSerializer());
        }
    }
}
