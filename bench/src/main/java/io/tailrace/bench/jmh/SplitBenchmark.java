package io.tailrace.bench.jmh;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.operators.input.Rejects;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.sampling.decision.CompiledPolicies;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.evidence.EvidenceFold;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.wire.RequestSplitter;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;
import io.tailrace.operators.span.wire.SpanVisitor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * From a request's bytes to one part a trace, in nanoseconds a span: by the wire reader, and by
 * objects of opentelemetry-proto. What the wire reader allocates beyond {@link #chunkArrays} and
 * {@link #chunkValues} is its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SplitBenchmark.REQUESTS * 100)
public class SplitBenchmark {

    /** Several, so that no branch is learnt by heart. */
    static final int REQUESTS = 16;

    private static final Rejects NOTHING_IS_BAD =
            (reason, error, bytes, from, to) -> {
                throw new IllegalStateException(error);
            };

    private static final SpanVisitor NOBODY =
            new SpanVisitor() {
                @Override
                public void resource(ResourceView resource) {}

                @Override
                public void scope(ScopeView scope) {}

                @Override
                public void span(int trace, SpanView span) {}
            };

    @Param public Shape shape;

    private final RequestSplitter splitter = new RequestSplitter();
    private final List<byte[]> requests = new ArrayList<>();
    private final List<TraceChunk> chunks = new ArrayList<>();
    private EvidenceFold fold;
    private long fingerprint;

    @Setup
    public void encode() throws UnreadableException {
        Requests some = new Requests(1);
        for (int i = 0; i < REQUESTS; i++) {
            requests.add(some.next(shape).toByteArray());
        }
        CompiledPolicies policies = new CompiledPolicies(SomePolicies.settings());
        fold = new EvidenceFold(policies.conditions());
        fingerprint = policies.conditions().fingerprint();
        for (byte[] request : requests) {
            fold.clear();
            splitter.split(
                    request,
                    NOTHING_IS_BAD,
                    fold,
                    (trace, high, low, spans, otlp) -> chunks.add(chunk(trace, high, low, otlp)));
        }
    }

    private TraceChunk chunk(int trace, long high, long low, byte[] otlp) {
        Evidence evidence = fold.evidence(trace);
        evidence.bytes(otlp.length);
        return new TraceChunk(new TraceId(high, low), 1, otlp, evidence, fingerprint, new long[0]);
    }

    @Benchmark
    public void tailrace(Blackhole hole) throws UnreadableException {
        for (byte[] request : requests) {
            splitter.split(
                    request,
                    NOTHING_IS_BAD,
                    NOBODY,
                    (trace, high, low, spans, otlp) -> hole.consume(otlp));
        }
    }

    @Benchmark
    public void objects(Blackhole hole) throws InvalidProtocolBufferException {
        for (byte[] request : requests) {
            hole.consume(ObjectSplitter.split(request));
        }
    }

    @Benchmark
    public void tailraceWithPolicies(Blackhole hole) throws UnreadableException {
        for (byte[] request : requests) {
            fold.clear();
            splitter.split(
                    request,
                    NOTHING_IS_BAD,
                    fold,
                    (trace, high, low, spans, otlp) -> hole.consume(chunk(trace, high, low, otlp)));
        }
    }

    @Benchmark
    public void objectsWithPolicies(Blackhole hole) throws InvalidProtocolBufferException {
        for (byte[] request : requests) {
            ExportTraceServiceRequest parsed = ExportTraceServiceRequest.parseFrom(request);
            hole.consume(ObjectPolicies.ask(parsed));
            hole.consume(ObjectSplitter.split(parsed));
        }
    }

    /** Nothing but the arrays that {@link #tailrace} hands out. */
    @Benchmark
    public void chunkArrays(Blackhole hole) {
        for (TraceChunk chunk : chunks) {
            hole.consume(chunk.otlp().clone());
        }
    }

    /** Nothing but the values that {@link #tailraceWithPolicies} hands out. */
    @Benchmark
    public void chunkValues(Blackhole hole) {
        for (TraceChunk chunk : chunks) {
            hole.consume(
                    new TraceChunk(
                            new TraceId(chunk.traceId().high(), chunk.traceId().low()),
                            1,
                            chunk.otlp().clone(),
                            chunk.evidence().copy(),
                            fingerprint,
                            new long[0]));
        }
    }
}
