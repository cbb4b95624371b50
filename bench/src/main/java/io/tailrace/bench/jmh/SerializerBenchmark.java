package io.tailrace.bench.jmh;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.sampling.TraceChunkSerializer;
import io.tailrace.operators.sampling.decision.CompiledPolicies;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.DecisionRecordSerializer;
import io.tailrace.operators.sampling.decision.TraceKnowledge;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.evidence.EvidenceFold;
import io.tailrace.operators.sampling.evidence.EvidenceFormat;
import io.tailrace.operators.sampling.state.Gathered;
import io.tailrace.operators.sampling.state.OpenTrace;
import io.tailrace.operators.sampling.state.OpenTraceSerializer;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.TraceIdSerializer;
import io.tailrace.operators.span.wire.RequestSplitter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What is sent between operators and kept in state: nanoseconds a value; its bytes are printed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SerializerBenchmark {

    /** Whose values, of traces of which one span of about 900 bytes came. */
    @SuppressWarnings("ImmutableEnumChecker") // serializers have no state
    public enum Type {
        TRACE_ID(new TraceIdSerializer()),
        TRACE_CHUNK(new TraceChunkSerializer()),
        EVIDENCE(new EvidenceSerializer()),
        OPEN_TRACE(new OpenTraceSerializer()),
        DECISION_RECORD(new DecisionRecordSerializer());

        private final ValueSerializer<?> serializer;

        Type(ValueSerializer<?> serializer) {
            this.serializer = serializer;
        }
    }

    @Param public Type type;

    private final DataOutputSerializer out = new DataOutputSerializer(4096);
    private final DataInputDeserializer in = new DataInputDeserializer();
    private ValueSerializer<Object> serializer;
    private Object[] values;
    private byte[][] encoded;
    private int next;

    @Setup
    @SuppressWarnings("unchecked")
    public void makeValues() throws IOException, UnreadableException {
        serializer = (ValueSerializer<Object>) type.serializer;
        values = chunks().stream().map(this::value).toArray();
        encoded = new byte[values.length][];
        for (int i = 0; i < values.length; i++) {
            out.clear();
            serializer.serialize(values[i], out);
            encoded[i] = out.getCopyOfBuffer();
        }
        System.out.printf(
                "%n%s: %.0f bytes%n",
                type, Arrays.stream(encoded).mapToInt(each -> each.length).average().orElse(0));
    }

    private static List<TraceChunk> chunks() throws UnreadableException {
        CompiledPolicies policies = new CompiledPolicies(SomePolicies.settings());
        EvidenceFold fold = new EvidenceFold(policies.conditions());
        List<TraceChunk> chunks = new ArrayList<>();
        new RequestSplitter()
                .split(
                        new Requests(1).next(Shape.INTERLEAVED).toByteArray(),
                        (reason, error, bytes, from, to) -> {
                            throw new IllegalStateException(error);
                        },
                        fold,
                        (trace, high, low, spans, otlp) ->
                                chunks.add(
                                        new TraceChunk(
                                                new TraceId(high, low),
                                                1_750_000_000_000L,
                                                otlp,
                                                fold.evidence(trace),
                                                policies.conditions().fingerprint(),
                                                new long[0])));
        return chunks;
    }

    private Object value(TraceChunk chunk) {
        return switch (type) {
            case TRACE_ID -> chunk.traceId();
            case TRACE_CHUNK -> chunk;
            case EVIDENCE -> chunk.evidence();
            case OPEN_TRACE ->
                    new OpenTrace(
                            chunk.arrival(),
                            Long.MAX_VALUE,
                            chunk.arrival() + 30_000,
                            chunk.spans(),
                            chunk.otlp().length,
                            false,
                            new Gathered(
                                    chunk.evidence(), chunk.fingerprint(), chunk.arrival(), false));
            case DECISION_RECORD -> record(chunk);
        };
    }

    private static DecisionRecord record(TraceChunk chunk) {
        CompiledPolicies policies = new CompiledPolicies(SomePolicies.settings());
        TraceKnowledge known = new TraceKnowledge(chunk.traceId(), chunk.evidence(), true);
        return DecisionRecord.of(
                chunk.traceId(),
                policies.ask(known).decision(),
                Trigger.DEADLINE,
                chunk.evidence(),
                chunk.arrival(),
                chunk.arrival() + 30_000,
                true);
    }

    @Benchmark
    public int write() throws IOException {
        next = next + 1 == values.length ? 0 : next + 1;
        out.clear();
        serializer.serialize(values[next], out);
        return out.length();
    }

    @Benchmark
    public Object read() throws IOException {
        next = next + 1 == values.length ? 0 : next + 1;
        in.setBuffer(encoded[next]);
        return serializer.deserialize(in);
    }

    /** Evidence has no serializer of its own; it is written within others. */
    private static final class EvidenceSerializer extends ValueSerializer<Evidence> {
        private static final long serialVersionUID = 1L;

        @Override
        public void serialize(Evidence evidence, DataOutputView target) throws IOException {
            EvidenceFormat.write(evidence, target);
        }

        @Override
        public Evidence deserialize(DataInputView source) throws IOException {
            return EvidenceFormat.read(source);
        }

        @Override
        public TypeSerializerSnapshot<Evidence> snapshotConfiguration() {
            throw new UnsupportedOperationException("It is in no state");
        }
    }
}
