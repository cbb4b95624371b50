package io.tailrace.bench.jmh;

import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.policy.Latency;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.NumericAttribute;
import io.tailrace.operators.sampling.policy.OttlCondition;
import io.tailrace.operators.sampling.policy.Probabilistic;
import io.tailrace.operators.sampling.policy.StatusCode;
import io.tailrace.operators.sampling.policy.StringAttribute;
import io.tailrace.operators.settings.ByteSize;
import io.tailrace.operators.span.semconv.Semconv;

import java.time.Duration;
import java.util.List;

/** Seven policies as users have them: errors, slow traces, tenants, paths, a share of the rest. */
final class SomePolicies {

    static final String REGEX = "^/cart/(checkout|pay).*";
    static final String METHOD = "DELETE";
    static final List<String> USERS = List.of("probe", "canary");

    private SomePolicies() {}

    static List<NamedPolicy> policies() {
        return List.of(
                new NamedPolicy("errors", new StatusCode(List.of(StatusCode.Code.ERROR))),
                new NamedPolicy("slow", new Latency(500, 0)),
                new NamedPolicy("users", new StringAttribute("enduser.id", USERS, false, 0, false)),
                new NamedPolicy(
                        "checkout",
                        new StringAttribute("url.path", List.of(REGEX), true, 128, false)),
                new NamedPolicy(
                        "failed",
                        new NumericAttribute("http.response.status_code", 500, 599, false)),
                new NamedPolicy(
                        "deletes",
                        new OttlCondition(
                                OttlCondition.ErrorMode.PROPAGATE,
                                List.of(
                                        "attributes[\"http.request.method\"] == \""
                                                + METHOD
                                                + "\" and kind == SPAN_KIND_SERVER"),
                                List.of())),
                new NamedPolicy("share", new Probabilistic(5, "default-hash-seed")));
    }

    static SamplingSettings settings() {
        return new SamplingSettings(
                Duration.ofSeconds(30),
                null,
                true,
                Duration.ofMinutes(10),
                10_000,
                new ByteSize(16 << 20),
                new ByteSize(256 << 20),
                null,
                SamplingSettings.LateSpans.FOLLOW,
                false,
                false,
                false,
                Semconv.AS_WRITTEN,
                false,
                null,
                policies());
    }
}
