package io.tailrace.operators.sampling.explanation;

import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.decision.Decision;
import io.tailrace.operators.sampling.decision.TraceKnowledge;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.evidence.EvidenceFold;
import io.tailrace.operators.sampling.policy.Compilation;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.wire.RequestSplitter;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;
import io.tailrace.operators.span.wire.SpanVisitor;

import java.util.ArrayList;
import java.util.List;

/**
 * Says of each policy which span made its vote: asks it alone after each span of a trace, and takes
 * the span after which its vote was open no more.
 */
public final class Explainer {

    private final SamplingSettings settings;

    public Explainer(SamplingSettings settings) {
        this.settings = settings;
    }

    /**
     * @param otlp the spans that a decision saw, in the order of their arrival
     * @param decision made of them
     * @return in the order of the spec
     */
    public List<PolicyExplanation> explain(TraceId traceId, byte[] otlp, Decision decision) {
        Compilation compilation = new Compilation(settings.semconv(), settings.stampThreshold());
        List<AskedPolicy> policies = new ArrayList<>();
        for (NamedPolicy named : settings.policies()) {
            policies.add(new AskedPolicy(named.name(), named.policy(), compilation));
        }
        EvidenceFold fold = new EvidenceFold(compilation.conditions());
        Evidence none = new Evidence(compilation.conditions().count());
        ask(policies, new TraceKnowledge(traceId, none, false), new Cause.Beforehand());
        walk(otlp, new Asker(traceId, policies, fold));
        ask(policies, new TraceKnowledge(traceId, fold.evidence(0), true), new Cause.End());

        List<PolicyExplanation> explanations = new ArrayList<>();
        for (int i = 0; i < policies.size(); i++) {
            String name = settings.policies().get(i).name();
            explanations.add(policies.get(i).explanation(decision.votes().get(name)));
        }
        return explanations;
    }

    private static void ask(List<AskedPolicy> policies, TraceKnowledge known, Cause now) {
        policies.forEach(each -> each.ask(known, now));
    }

    private static void walk(byte[] otlp, SpanVisitor visitor) {
        try {
            new RequestSplitter()
                    .split(
                            otlp,
                            (reason, error, bytes, from, to) -> {
                                throw new IllegalStateException(
                                        "A span that was good once: " + error);
                            },
                            visitor,
                            (trace, high, low, spans, chunk) -> {});
        } catch (UnreadableException fault) {
            throw new IllegalStateException("A trace that was good once", fault);
        }
    }

    /** Asks all policies after each span. */
    private static final class Asker implements SpanVisitor {
        private final TraceId traceId;
        private final List<AskedPolicy> policies;
        private final EvidenceFold fold;
        private String service;

        Asker(TraceId traceId, List<AskedPolicy> policies, EvidenceFold fold) {
            this.traceId = traceId;
            this.policies = policies;
            this.fold = fold;
        }

        @Override
        public void resource(ResourceView resource) {
            fold.resource(resource);
            service = resource.serviceName();
        }

        @Override
        public void scope(ScopeView scope) {
            fold.scope(scope);
        }

        @Override
        public void span(int trace, SpanView span) {
            fold.span(trace, span);
            Evidence evidence = fold.evidence(trace);
            SpanBrief brief =
                    new SpanBrief(
                            evidence.spans(),
                            span.name(),
                            service,
                            span.spanId(),
                            span.startUnixNano(),
                            span.endUnixNano(),
                            span.statusCode(),
                            span.statusMessage());
            ask(policies, new TraceKnowledge(traceId, evidence, false), new Cause.BySpan(brief));
        }
    }
}
