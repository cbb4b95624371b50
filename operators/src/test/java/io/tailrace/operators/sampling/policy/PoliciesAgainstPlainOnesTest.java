package io.tailrace.operators.sampling.policy;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.operators.sampling.Chunks;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.TestSettings;
import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.sampling.decision.Decision;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.semconv.Semconv;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Trees of policies of every type, asked of whole traces, against a plain reading of them. */
class PoliciesAgainstPlainOnesTest {

    private final Map<Class<?>, Map<Vote, Integer>> votes = new HashMap<>();

    @Test
    void decideAsTheirMeaningSays() {
        for (long seed = 0; seed < 8000; seed++) {
            assertDecidesAlike(seed);
        }

        // Both answers of every type were seen often enough to mean something.
        assertThat(votes.keySet()).containsExactlyInAnyOrder(Policy.class.getPermittedSubclasses());
        votes.forEach(
                (type, counts) -> {
                    for (Vote vote : answers(type)) {
                        assertThat(counts.getOrDefault(vote, 0))
                                .as("%s %s", type.getSimpleName(), vote)
                                .isGreaterThan(300);
                    }
                });
    }

    private static List<Vote> answers(Class<?> type) {
        if (type == AlwaysSample.class) {
            return List.of(Vote.SAMPLED);
        }
        List<Vote> answers = new ArrayList<>(List.of(Vote.NOT_SAMPLED));
        answers.add(type == Drop.class ? Vote.DROPPED : Vote.SAMPLED);
        if (type == RateLimiting.class || type == BytesLimiting.class || type == Composite.class) {
            answers.add(Vote.NOT_ASKED);
        }
        if (type == OttlCondition.class || type == And.class) {
            answers.add(Vote.ERROR);
        }
        return answers;
    }

    private void assertDecidesAlike(long seed) {
        Random random = new Random(seed);
        boolean stamped = random.nextBoolean();
        boolean bothNames = random.nextBoolean();
        List<NamedPolicy> policies = new RandomPolicies(seed).trees(stamped);
        TestSettings given = TestSettings.with(policies);
        if (stamped) {
            given.stampThreshold();
        }
        SamplingSettings settings =
                given.semconv(bothNames ? Semconv.BOTH : Semconv.AS_WRITTEN).make();
        Chunks chunks = new Chunks(settings);
        Asked asked = new Asked(settings);
        PlainSampler plain = new PlainSampler(policies);
        RandomTraces traces = new RandomTraces(seed);
        long millis = 1_000_000;
        for (int trace = 0; trace < 10; trace++) {
            TraceId traceId = traces.traceId();
            ExportTraceServiceRequest request = traces.part(traceId);
            TraceChunk chunk = chunks.of(request, 0).get(0);
            // In eighths of a second no sum is rounded; now and then it goes back.
            millis += 125L * (random.nextInt(8) - 1);

            Decision decision = asked.at(millis, traceId, chunk.evidence());

            assertThat(decision)
                    .as("seed %d, trace %d of %s", seed, trace, policies)
                    .isEqualTo(
                            plain.decide(
                                    new PlainTrace(
                                            traceId,
                                            PlacedSpan.of(request),
                                            chunk.otlp().length,
                                            bothNames,
                                            stamped),
                                    millis));
            assertThat(decision.votes().keySet())
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(policies.stream().map(NamedPolicy::name).toList());
            for (NamedPolicy named : policies) {
                votes.computeIfAbsent(named.policy().getClass(), any -> new HashMap<>())
                        .merge(decision.votes().get(named.name()), 1, Integer::sum);
            }
        }
    }
}
