package io.tailrace.operators.span.ottl;

import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.RandomRequests;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Compiled conditions over bytes against a plain reading of the same over protobuf objects. */
class OttlAgainstPlainReadingTest {

    private static final int SEEDS = 3000;
    private static final int CONDITIONS = 8;

    @Test
    void sayTheSameOfEverySpan() {
        Map<String, Integer> outcomes = new HashMap<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            List<PlacedSpan> spans = PlacedSpan.of(new RandomRequests(seed, 5).next());
            if (spans.isEmpty()) {
                continue;
            }
            PlacedSpan span = spans.get((int) (seed % spans.size()));
            RandomConditions conditions = new RandomConditions(seed, span);
            for (int i = 0; i < CONDITIONS; i++) {
                PlainExpression condition = conditions.condition(i % 4);
                String outcome = compare(condition, span, seed);
                outcomes.merge(outcome, 1, Integer::sum);
            }
        }
        assertThat(outcomes.get("true")).isGreaterThan(2000);
        assertThat(outcomes.get("false")).isGreaterThan(2000);
        assertThat(outcomes.get("wrong")).isGreaterThan(500);
        assertThat(outcomes.get("refused")).isGreaterThan(500);
    }

    private static String compare(PlainExpression condition, PlacedSpan span, long seed) {
        String described = "seed %d: %s".formatted(seed, condition.text());
        SpanPredicate predicate;
        try {
            predicate = SpanPredicate.ofSpan(condition.text());
        } catch (OttlException refused) {
            // Only for what can make sense of no span, so it does not of this one; or what is too
            // long.
            assertThat(
                            condition.isWrongSomewhere(span)
                                    || condition.text().length() > Parser.MOST_LENGTH)
                    .as("%s: %s", described, refused.getMessage())
                    .isTrue();
            return "refused";
        }
        String expected;
        try {
            Object told = condition.of(span);
            expected = told instanceof Boolean ? told.toString() : "wrong";
        } catch (PlainExpression.Wrong wrong) {
            expected = "wrong";
        }
        Object outcome = Asked.outcome(predicate, span);
        assertThat(outcome instanceof Boolean ? outcome.toString() : "wrong")
                .as("%s: %s", described, outcome)
                .isEqualTo(expected);
        return expected;
    }
}
