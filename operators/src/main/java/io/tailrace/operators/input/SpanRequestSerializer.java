package io.tailrace.operators.input;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Origin, arrival, encoding (by name), payload, rejects. */
public final class SpanRequestSerializer extends ValueSerializer<SpanRequest> {

    private static final long serialVersionUID = 1L;

    private final DeadLetterSerializer rejects = new DeadLetterSerializer();

    @Override
    public void serialize(SpanRequest request, DataOutputView out) throws IOException {
        OriginFormat.write(request.origin(), out);
        out.writeLong(request.arrival());
        Primitives.writeText(request.encoding().name(), out);
        Primitives.writeBytes(request.payload(), out);
        Primitives.writeSize(request.rejects().size(), out);
        for (DeadLetter reject : request.rejects()) {
            rejects.serialize(reject, out);
        }
    }

    @Override
    public SpanRequest deserialize(DataInputView in) throws IOException {
        Origin origin = OriginFormat.read(in);
        long arrival = in.readLong();
        Encoding encoding = Encoding.valueOf(Primitives.readText(in));
        byte[] payload = Primitives.readBytes(in);
        int count = Primitives.readSize(in);
        List<DeadLetter> letters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            letters.add(rejects.deserialize(in));
        }
        return new SpanRequest(origin, arrival, encoding, payload, List.copyOf(letters));
    }

    @Override
    public TypeSerializerSnapshot<SpanRequest> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<SpanRequest> {
        public Snapshot() {
            super(1, version -> new SpanRequestSerializer());
        }
    }
}
