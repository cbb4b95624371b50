package io.tailrace.operators.sampling.policy;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.operators.sampling.Chunks;
import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.sampling.decision.Decision;
import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class PoliciesAgainstPlainOnesTest {

    @Test
    void voteAsTheirMeaningSays() {
        Map<Class<?>, Map<Vote, Integer>> votes = new HashMap<>();
        for (long seed = 0; seed < 6000; seed++) {
            List<NamedPolicy> policies = new RandomPolicies(seed).some();
            Chunks chunks = new Chunks(policies);
            RandomTraces traces = new RandomTraces(seed);
            for (int trace = 0; trace < 4; trace++) {
                TraceId traceId = traces.traceId();
                ExportTraceServiceRequest request = traces.part(traceId);
                TraceChunk chunk = chunks.of(request, 0).get(0);

                Decision decision = Asked.of(policies, traceId, chunk.evidence());

                String winner = null;
                for (NamedPolicy named : policies) {
                    boolean sampled =
                            PlainPolicies.samples(named.policy(), traceId, PlacedSpan.of(request));
                    Vote vote = sampled ? Vote.SAMPLED : Vote.NOT_SAMPLED;
                    assertThat(decision.votes().get(named.name()))
                            .as("seed %d, trace %d, %s", seed, trace, named)
                            .isEqualTo(vote);
                    winner = winner == null && sampled ? named.name() : winner;
                    votes.computeIfAbsent(named.policy().getClass(), any -> new HashMap<>())
                            .merge(vote, 1, Integer::sum);
                }
                assertThat(decision.policy()).as("seed %d", seed).isEqualTo(winner);
                assertThat(decision.verdict())
                        .as("seed %d", seed)
                        .isEqualTo(winner == null ? Verdict.NOT_SAMPLED : Verdict.SAMPLED);
                assertThat(decision.votes().keySet())
                        .as("seed %d", seed)
                        .containsExactlyElementsOf(
                                policies.stream().map(NamedPolicy::name).toList());
            }
        }
        // Both answers of every type were seen often enough to mean something.
        assertThat(votes).hasSize(Policy.class.getPermittedSubclasses().length);
        votes.forEach(
                (type, counts) ->
                        assertThat(counts.getOrDefault(Vote.NOT_SAMPLED, 0))
                                .as(type.getSimpleName())
                                .satisfies(
                                        count ->
                                                assertThat(count > 300)
                                                        .isEqualTo(type != AlwaysSample.class)));
    }
}
