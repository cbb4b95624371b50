package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.sampling.decision.TraceKnowledge;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.sampling.evidence.Evidence;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes of several votes, in any order. */
class AllTest {

    private static final TraceKnowledge ANY = new TraceKnowledge(Traces.ID, new Evidence(0), true);

    @ParameterizedTest
    @CsvSource({
        "SAMPLED, SAMPLED, SAMPLED",
        "SAMPLED, NOT_SAMPLED, NOT_SAMPLED",
        "SAMPLED, OPEN, OPEN",
        "SAMPLED, ERROR, ERROR",
        "NOT_SAMPLED, NOT_SAMPLED, NOT_SAMPLED",
        "NOT_SAMPLED, OPEN, NOT_SAMPLED",
        "NOT_SAMPLED, ERROR, NOT_SAMPLED",
        "OPEN, OPEN, OPEN",
        // What is open may still turn out not to sample.
        "OPEN, ERROR, OPEN",
        "ERROR, ERROR, ERROR",
    })
    void joinsVotes(Vote one, Vote other, Vote both) {
        for (List<Vote> votes : List.of(List.of(one, other), List.of(other, one))) {
            All all = new All(votes.stream().map(vote -> (TraceCondition) any -> vote).toList());
            assertThat(all.vote(ANY)).as("%s", votes).isEqualTo(both);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SAMPLED, NOT_SAMPLED",
        "NOT_SAMPLED, SAMPLED",
        "OPEN, OPEN",
        "ERROR, ERROR",
    })
    void invertsOnlyYesAndNo(Vote vote, Vote inverted) {
        TraceCondition condition = any -> vote;
        assertThat(condition.inverted().vote(ANY)).isEqualTo(inverted);
    }
}
