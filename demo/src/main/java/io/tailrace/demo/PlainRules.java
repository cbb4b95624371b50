package io.tailrace.demo;

import io.tailrace.jobs.pipeline.PipelineSpec;
import io.tailrace.operators.metrics.ApdexRule;
import io.tailrace.operators.metrics.SpanKind;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.policy.Latency;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.Probabilistic;
import io.tailrace.operators.sampling.policy.StatusCode;

import java.util.List;
import java.util.Optional;

/**
 * The rules that the plain reading has written down once more. Under others its results would
 * differ, though nothing were wrong.
 */
public final class PlainRules {

    private static final List<NamedPolicy> POLICIES =
            List.of(
                    new NamedPolicy("errors", new StatusCode(List.of(StatusCode.Code.ERROR))),
                    new NamedPolicy("slow", new Latency(500, 0)),
                    new NamedPolicy("baseline", new Probabilistic(5, "default-hash-seed")));

    private static final List<ApdexRule> APDEX =
            List.of(
                    new ApdexRule(SpanKind.SERVER, "http.method", 100),
                    new ApdexRule(null, "db.system", 10));

    private PlainRules() {}

    /** What it does not know of a pipeline, in words; empty where it knows all. */
    static Optional<String> unknown(PipelineSpec spec) {
        if (spec.tailSampling() == null
                || spec.virtualMetrics() == null
                || spec.discovery() == null) {
            return Optional.of("Expected tail_sampling, virtual_metrics and discovery");
        }
        if (!spec.virtualMetrics().apdex().equals(APDEX)) {
            return Optional.of(
                    "virtual_metrics.apdex: expected 100 ms for server spans with http.method, then"
                            + " 10 ms with db.system; the results are compared with a plain reading"
                            + " that knows no other rules");
        }
        return unknown(spec.tailSampling());
    }

    /** What it does not know of sampling, in words; empty where it knows all. */
    public static Optional<String> unknown(SamplingSettings settings) {
        return settings.policies().equals(POLICIES)
                ? Optional.empty()
                : Optional.of(
                        "tail_sampling.policies: expected errors (status_code ERROR), slow (latency"
                                + " over 500 ms) and baseline (probabilistic, 5 %); the results are"
                                + " compared with a plain reading that knows no other policies");
    }
}
