package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.Chunks;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.TestSettings;
import io.tailrace.operators.sampling.decision.CompiledPolicies;
import io.tailrace.operators.sampling.decision.Decision;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.limit.Budget;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** When policies that spend are asked, and what they spend. */
class LimitersTest {

    private static final Policy ALWAYS = new AlwaysSample();
    private static final Policy NEVER = new SpanCount(1_000_000, 0);

    /** Policies p0, p1 and so on, asked of one trace after the other. */
    private static final class Sampler {
        private final Chunks chunks;
        private final Asked asked;

        Sampler(Policy... policies) {
            List<NamedPolicy> named = new ArrayList<>();
            for (Policy policy : policies) {
                named.add(new NamedPolicy("p" + named.size(), policy));
            }
            SamplingSettings settings = TestSettings.with(named).make();
            chunks = new Chunks(settings);
            asked = new Asked(settings);
        }

        private Evidence evidence(int spans) {
            return chunks.of(Traces.spans(spans), 0).get(0).evidence();
        }

        /** The votes in the spec's order, then who won. */
        String votes(int spans, long millis) {
            Decision decision = asked.at(millis, Traces.ID, evidence(spans));
            return decision.votes().values() + " " + decision.policy();
        }

        /** Who won; with the policy within, where there is one. */
        String winner(int spans, long millis) {
            Decision decision = asked.at(millis, Traces.ID, evidence(spans));
            return decision.subPolicy() == null
                    ? decision.policy()
                    : decision.policy() + "/" + decision.subPolicy();
        }
    }

    private static Policy and(Policy... policies) {
        return new And(subs(policies));
    }

    private static Policy drop(Policy... policies) {
        return new Drop(subs(policies));
    }

    private static List<SubPolicy> subs(Policy... policies) {
        return Stream.of(policies).map(each -> new SubPolicy(null, each)).toList();
    }

    private static NamedPolicy named(String name, Policy policy) {
        return new NamedPolicy(name, policy);
    }

    private static Composite.Allocation share(String policy, double percent) {
        return new Composite.Allocation(policy, percent);
    }

    @Test
    void areAskedOnlyWhereNoOtherPolicyDecides() {
        Policy limit = new RateLimiting(1, 5);

        assertThat(new Sampler(limit, ALWAYS).votes(1, 0)).isEqualTo("[NOT_ASKED, SAMPLED] p1");
        assertThat(new Sampler(limit, drop(ALWAYS)).votes(1, 0))
                .isEqualTo("[NOT_ASKED, DROPPED] p1");
        assertThat(new Sampler(limit, ALWAYS, drop(ALWAYS), ALWAYS).votes(1, 0))
                .isEqualTo("[NOT_ASKED, SAMPLED, DROPPED, SAMPLED] p2");
        assertThat(new Sampler(NEVER, limit, drop(NEVER)).votes(1, 0))
                .isEqualTo("[NOT_SAMPLED, SAMPLED, NOT_SAMPLED] p1");
    }

    @Test
    void areAskedInTheirOrderUntilOnePassesAndSpends() {
        Sampler sampler = new Sampler(new RateLimiting(1, 4), NEVER, new RateLimiting(1, 6));

        assertThat(sampler.votes(4, 0)).isEqualTo("[SAMPLED, NOT_SAMPLED, NOT_ASKED] p0");
        assertThat(sampler.votes(4, 0)).isEqualTo("[NOT_SAMPLED, NOT_SAMPLED, SAMPLED] p2");
        assertThat(sampler.votes(6, 0)).isEqualTo("[NOT_SAMPLED, NOT_SAMPLED, SAMPLED] p2");
        assertThat(sampler.votes(1, 0)).isEqualTo("[NOT_SAMPLED, NOT_SAMPLED, NOT_SAMPLED] null");
        // A second fills the first by one; the other is in debt by four.
        assertThat(sampler.votes(1, 1000)).isEqualTo("[SAMPLED, NOT_SAMPLED, NOT_ASKED] p0");
        assertThat(sampler.votes(1, 1000))
                .isEqualTo("[NOT_SAMPLED, NOT_SAMPLED, NOT_SAMPLED] null");
        assertThat(sampler.votes(6, 6000)).isEqualTo("[NOT_SAMPLED, NOT_SAMPLED, SAMPLED] p2");
    }

    @Test
    void neverTakeWhatIsLargerThanTheBurst() {
        assertThat(new Sampler(new RateLimiting(3, 0)).winner(6, 0)).isEqualTo("p0");
        assertThat(new Sampler(new RateLimiting(3, 0)).winner(7, 0)).isNull();
        assertThat(new Sampler(new RateLimiting(100, 2)).winner(2, 0)).isEqualTo("p0");
        assertThat(new Sampler(new RateLimiting(100, 2)).winner(3, 0)).isNull();
    }

    @Test
    void countBytesAsOtlp() {
        long bytes = Traces.spans(3).getSerializedSize();

        assertThat(new Sampler(new BytesLimiting(1, bytes)).winner(3, 0)).isEqualTo("p0");
        assertThat(new Sampler(new BytesLimiting(1, bytes - 1)).winner(3, 0)).isNull();
        // Twice the rate.
        assertThat(new Sampler(new BytesLimiting((bytes + 1) / 2, 0)).winner(3, 0)).isEqualTo("p0");
        assertThat(new Sampler(new BytesLimiting((bytes - 1) / 2, 0)).winner(3, 0)).isNull();
        Sampler sampler = new Sampler(new BytesLimiting(bytes, bytes));
        assertThat(sampler.winner(3, 0)).isEqualTo("p0");
        assertThat(sampler.winner(3, 0)).isNull();
        assertThat(sampler.winner(3, 1)).isEqualTo("p0");
        assertThat(sampler.winner(3, 500)).isNull();
        assertThat(sampler.winner(3, 1001)).isEqualTo("p0");
    }

    @Test
    void withinAndSpendOnlyWhereAllPass() {
        Sampler sampler =
                new Sampler(
                        and(new RateLimiting(1, 5), new SpanCount(2, 0), new RateLimiting(1, 3)));

        // One span is too few, four are too many for the second limiter; nothing is spent.
        assertThat(sampler.votes(1, 0)).isEqualTo("[NOT_SAMPLED] null");
        assertThat(sampler.votes(4, 0)).isEqualTo("[NOT_SAMPLED] null");
        assertThat(sampler.votes(3, 0)).isEqualTo("[SAMPLED] p0");
        // Now the second has nothing, and the first keeps its two.
        assertThat(sampler.votes(2, 0)).isEqualTo("[NOT_SAMPLED] null");
        assertThat(sampler.votes(2, 1000)).isEqualTo("[SAMPLED] p0");
    }

    @Test
    void compositeAsksInPolicyOrderAndThoseItDoesNotNameAfterwards() {
        List<NamedPolicy> within =
                List.of(
                        named("few", new SpanCount(0, 5)),
                        named("any", ALWAYS),
                        named("many", new SpanCount(4, 0)));

        assertThat(winner(within, List.of(), 4)).isEqualTo("p0/few");
        assertThat(winner(within, List.of("many", "few"), 4)).isEqualTo("p0/many");
        assertThat(winner(within, List.of("many", "few"), 3)).isEqualTo("p0/few");
        assertThat(winner(within, List.of("many"), 3)).isEqualTo("p0/few");
        assertThat(winner(within, List.of("any"), 4)).isEqualTo("p0/any");
        assertThat(winner(within, List.of("many", "few"), 6)).isEqualTo("p0/many");
        assertThat(winner(within.subList(0, 1), List.of(), 6)).isNull();
    }

    private static String winner(List<NamedPolicy> within, List<String> order, int spans) {
        return new Sampler(new Composite(300, order, within, List.of())).winner(spans, 0);
    }

    @Test
    void compositeLeavesToTheNextWhatIsOverAShare() {
        Policy composite =
                new Composite(
                        10,
                        List.of("b", "a"),
                        List.of(named("a", ALWAYS), named("b", ALWAYS)),
                        List.of(share("a", 40), share("b", 60)));
        Sampler sampler = new Sampler(composite);

        assertThat(sampler.winner(7, 0)).isNull();
        assertThat(sampler.winner(6, 0)).isEqualTo("p0/b");
        assertThat(sampler.winner(4, 0)).isEqualTo("p0/a");
        assertThat(sampler.winner(1, 0)).isNull();
        // Half a second gives three to the one and two to the other.
        assertThat(sampler.winner(3, 500)).isEqualTo("p0/b");
        assertThat(sampler.winner(1, 500)).isEqualTo("p0/a");
        assertThat(sampler.winner(1, 500)).isEqualTo("p0/a");
        assertThat(sampler.winner(1, 500)).isNull();
    }

    @Test
    void compositeSharesEquallyWhereNoPercentIsGiven() {
        List<NamedPolicy> within =
                List.of(named("a", new SpanCount(0, 3)), named("b", new SpanCount(4, 0)));
        for (List<Composite.Allocation> shares :
                List.of(
                        List.<Composite.Allocation>of(),
                        List.of(share("a", 0)),
                        List.of(share("b", 0), share("a", 50)))) {
            Sampler sampler = new Sampler(new Composite(10, List.of(), within, shares));
            assertThat(sampler.winner(6, 0)).isNull();
            assertThat(sampler.winner(5, 0)).isEqualTo("p0/b");
            assertThat(sampler.winner(5, 0)).isNull();
            assertThat(sampler.winner(3, 0)).isEqualTo("p0/a");
        }
    }

    @Test
    void compositeCapsTheSumOfItsShares() {
        Policy composite =
                new Composite(
                        10,
                        List.of(),
                        List.of(named("a", new SpanCount(0, 8)), named("b", new SpanCount(0, 9))),
                        List.of(share("a", 100), share("b", 100)));
        Sampler sampler = new Sampler(composite, new RateLimiting(1, 1));

        assertThat(sampler.winner(8, 0)).isEqualTo("p0/a");
        assertThat(sampler.winner(9, 0)).isEqualTo("p0/b");
        // Each has some left, or had enough, but together they are over.
        assertThat(sampler.winner(1, 0)).isEqualTo("p1");
        assertThat(sampler.winner(1, 0)).isNull();
        assertThat(sampler.winner(1, 700)).isEqualTo("p1");
        assertThat(sampler.winner(2, 800)).isEqualTo("p0/a");
    }

    @Test
    void compositeSpendsOfLimitersWithinOnlyWhatItKeeps() {
        Policy composite =
                new Composite(
                        10,
                        List.of(),
                        List.of(
                                named("a", and(ALWAYS, new RateLimiting(1, 4))),
                                named("b", new RateLimiting(1, 9))),
                        List.of(share("a", 20), share("b", 80)));
        Sampler sampler = new Sampler(composite);

        // More than a's share of two, though not more than its limiter: that keeps its four.
        assertThat(sampler.winner(3, 0)).isEqualTo("p0/b");
        assertThat(sampler.winner(2, 0)).isEqualTo("p0/a");
        assertThat(sampler.winner(2, 0)).isEqualTo("p0/b");
        assertThat(sampler.winner(2, 1000)).isEqualTo("p0/a");
        assertThat(sampler.winner(1, 1000)).isEqualTo("p0/b");
    }

    @Test
    void haveBudgetsOfTheirOwnWhateverTheyAreCalled() {
        Policy composite =
                new Composite(
                        2,
                        List.of(),
                        List.of(
                                named("b", new RateLimiting(3, 3)),
                                named("b/within", new RateLimiting(4, 4)),
                                named("b~1", new RateLimiting(4, 4)),
                                named("b~0", new RateLimiting(4, 4))),
                        List.of());
        List<NamedPolicy> policies =
                List.of(
                        named("a", composite),
                        named("a/b", new RateLimiting(5, 5)),
                        named("a/", composite),
                        named("a~1", composite),
                        named("a/b/within", and(new RateLimiting(6, 6), new RateLimiting(7, 7))),
                        named("a/b/within/0", new RateLimiting(8, 8)));
        SamplingSettings settings = TestSettings.with(policies).make();

        assertThat(new CompiledPolicies(settings).budgets())
                .hasSize(31)
                .extracting(Budget::name)
                .doesNotHaveDuplicates();
    }
}
