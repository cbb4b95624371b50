package io.tailrace.operators.sampling;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.sampling.decision.CompiledPolicies;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.evidence.EvidenceFold;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.wire.RequestSplitter;

import java.util.ArrayList;
import java.util.List;

/** Makes chunks of requests as the job does, under some policies. */
public final class Chunks {

    private final RequestSplitter splitter = new RequestSplitter();
    private final EvidenceFold fold;
    private final boolean deduplicate;
    private final long fingerprint;

    public Chunks(List<NamedPolicy> policies) {
        this(TestSettings.with(policies).make());
    }

    public Chunks(SamplingSettings settings) {
        CompiledPolicies compiled = new CompiledPolicies(settings);
        fold = new EvidenceFold(compiled.conditions());
        deduplicate = settings.deduplicate();
        fingerprint = compiled.conditions().fingerprint();
    }

    /** One for each trace of the request. */
    public List<TraceChunk> of(ExportTraceServiceRequest request, long arrival) {
        List<TraceChunk> chunks = new ArrayList<>();
        fold.clear();
        try {
            splitter.split(
                    request.toByteArray(),
                    (reason, error, bytes, from, to) -> {
                        throw new AssertionError(error);
                    },
                    fold,
                    (trace, high, low, spans, otlp) -> {
                        Evidence evidence = fold.evidence(trace);
                        evidence.bytes(otlp.length);
                        chunks.add(
                                new TraceChunk(
                                        new TraceId(high, low),
                                        arrival,
                                        otlp,
                                        evidence,
                                        fingerprint,
                                        deduplicate ? splitter.spanIds(trace) : new long[0]));
                    });
        } catch (UnreadableException fault) {
            throw new AssertionError(fault);
        }
        return chunks;
    }
}
