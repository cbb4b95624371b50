package io.tailrace.bench.jmh;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.sampling.decision.CompiledPolicies;
import io.tailrace.operators.sampling.decision.TraceKnowledge;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.evidence.EvidenceFold;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.wire.RequestSplitter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asking the policies, in nanoseconds a trace of which one span is known. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(PolicyBenchmark.REQUESTS * 100)
public class PolicyBenchmark {

    static final int REQUESTS = 16;

    private record Known(TraceId traceId, Evidence evidence) {}

    private final CompiledPolicies policies = new CompiledPolicies(SomePolicies.settings());
    private final List<ExportTraceServiceRequest> requests = new ArrayList<>();
    private final List<Known> traces = new ArrayList<>();

    @Setup
    public void fold() throws UnreadableException {
        Requests some = new Requests(1);
        RequestSplitter splitter = new RequestSplitter();
        EvidenceFold fold = new EvidenceFold(policies.conditions());
        for (int i = 0; i < REQUESTS; i++) {
            ExportTraceServiceRequest request = some.next(Shape.INTERLEAVED);
            requests.add(request);
            fold.clear();
            splitter.split(
                    request.toByteArray(),
                    (reason, error, bytes, from, to) -> {
                        throw new IllegalStateException(error);
                    },
                    fold,
                    (trace, high, low, spans, otlp) ->
                            traces.add(new Known(new TraceId(high, low), fold.evidence(trace))));
        }
    }

    /** Whether the trace can be decided before its time. */
    @Benchmark
    public void early(Blackhole hole) {
        for (Known each : traces) {
            hole.consume(
                    policies.areSettled(new TraceKnowledge(each.traceId, each.evidence, false)));
        }
    }

    /** The same by all votes. */
    @Benchmark
    public void earlyByVotes(Blackhole hole) {
        for (Known each : traces) {
            hole.consume(
                    policies.ask(new TraceKnowledge(each.traceId, each.evidence, false))
                            .areFinal());
        }
    }

    /** All votes of a whole trace, and the decision. */
    @Benchmark
    public void decision(Blackhole hole) {
        for (Known each : traces) {
            hole.consume(
                    policies.ask(new TraceKnowledge(each.traceId, each.evidence, true)).decision());
        }
    }

    /** The same policies asked of spans that are objects already. */
    @Benchmark
    public void objects(Blackhole hole) {
        for (ExportTraceServiceRequest each : requests) {
            ObjectPolicies.ask(each).values().forEach(known -> hole.consume(known.isKept()));
        }
    }
}
