package io.tailrace.operators.sampling;

import io.tailrace.operators.sampling.policy.AlwaysSample;
import io.tailrace.operators.sampling.policy.And;
import io.tailrace.operators.sampling.policy.Drop;
import io.tailrace.operators.sampling.policy.Latency;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.Not;
import io.tailrace.operators.sampling.policy.Policy;
import io.tailrace.operators.sampling.policy.Probabilistic;
import io.tailrace.operators.sampling.policy.RateLimiting;
import io.tailrace.operators.sampling.policy.SpanCount;
import io.tailrace.operators.sampling.policy.StatusCode;
import io.tailrace.operators.sampling.policy.StringAttribute;
import io.tailrace.operators.sampling.policy.SubPolicy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Settings with all that changes the life of a trace, and policies that {@link PlainVotes} knows.
 */
final class RandomSettings {

    private final Random random;
    private final boolean stamped;

    RandomSettings(long seed) {
        random = new Random(seed);
        stamped = oneOf(4);
    }

    private boolean oneOf(int many) {
        return random.nextInt(many) == 0;
    }

    SamplingSettings next() {
        TestSettings settings = TestSettings.with(policies());
        if (stamped) {
            settings.stampThreshold();
        }
        if (!oneOf(3)) {
            settings.eagerRelease();
        }
        if (oneOf(3)) {
            settings.deduplicate();
        }
        if (oneOf(3)) {
            settings.reconsider();
        }
        if (oneOf(3)) {
            settings.maxKeptSpansPerTrace(1 + random.nextInt(12));
        }
        if (oneOf(3)) {
            // None of them fits, or few do.
            settings.residentBudget(oneOf(2) ? 1 : 300_000 + random.nextInt(10_000));
        }
        if (oneOf(2)) {
            settings.stampPolicy();
        }
        if (oneOf(8)) {
            settings.dryRun();
        }
        return settings.make();
    }

    private List<NamedPolicy> policies() {
        List<Policy> policies = new ArrayList<>();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            policies.add(
                    switch (random.nextInt(8)) {
                        case 0 -> new And(List.of(within(leaf()), within(leaf())));
                        case 1 -> new Not(within(settled()));
                        case 2 -> drop();
                        default -> leaf();
                    });
        }
        if (oneOf(4)) {
            policies.add(new RateLimiting(1, 4 + random.nextInt(16)));
        }
        List<NamedPolicy> named = new ArrayList<>();
        for (Policy policy : policies) {
            named.add(new NamedPolicy("policy " + named.size(), policy));
        }
        return named;
    }

    private Policy drop() {
        return new Drop(
                Stream.generate(() -> within(settled())).limit(1 + random.nextInt(2)).toList());
    }

    private static SubPolicy within(Policy policy) {
        return new SubPolicy(null, policy);
    }

    private Policy leaf() {
        return oneOf(4) ? new Probabilistic(random.nextInt(110), "") : settled();
    }

    /** One that does not choose by the trace's id. */
    private Policy settled() {
        return switch (random.nextInt(10)) {
            case 0, 1 ->
                    new Latency(
                            random.nextInt(4), random.nextBoolean() ? 0 : 4 + random.nextInt(3));
            case 2, 3, 4 ->
                    new SpanCount(
                            random.nextInt(12), random.nextBoolean() ? 0 : 12 + random.nextInt(9));
            case 5, 6 -> new StatusCode(List.of(StatusCode.Code.ERROR));
            case 7, 8 ->
                    new StringAttribute(
                            "http.method",
                            List.of(random.nextBoolean() ? "GET" : "b"),
                            false,
                            128,
                            random.nextBoolean());
            default -> new AlwaysSample();
        };
    }
}
