package io.tailrace.operators.sampling.evidence;

import io.tailrace.operators.sampling.TestSettings;
import io.tailrace.operators.sampling.decision.CompiledPolicies;
import io.tailrace.operators.sampling.policy.Latency;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.NumericAttribute;
import io.tailrace.operators.sampling.policy.Policy;
import io.tailrace.operators.sampling.policy.StatusCode;
import io.tailrace.operators.sampling.policy.StringAttribute;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** The numbering of conditions, and the fingerprint that names it. */
class SpanConditionsTest {

    private static final Policy ERRORS = new StatusCode(List.of(StatusCode.Code.ERROR));
    private static final Policy TEXT = text("key", false, "a", "b");
    private static final Policy NUMBER = new NumericAttribute("key", 1, 2, false);

    @Test
    void haveOneFingerprintWhereTheyAreEqual() {
        assertThat(fingerprint(ERRORS, TEXT)).isEqualTo(fingerprint(ERRORS, TEXT));
        assertThat(fingerprint(ERRORS, ERRORS, TEXT)).isEqualTo(fingerprint(ERRORS, TEXT));
        assertThat(fingerprint(ERRORS, new Latency(5, 0))).isEqualTo(fingerprint(ERRORS));
        assertThat(fingerprint(new NumericAttribute("key", 1, 2, true)))
                .isEqualTo(fingerprint(NUMBER));
    }

    @Test
    void haveAnotherFingerprintWhereAnythingDiffers() {
        List<Long> fingerprints =
                List.of(
                        fingerprint(),
                        fingerprint(ERRORS),
                        fingerprint(TEXT),
                        fingerprint(ERRORS, TEXT),
                        fingerprint(TEXT, ERRORS),
                        fingerprint(new StatusCode(List.of(StatusCode.Code.OK))),
                        fingerprint(text("other", false, "a", "b")),
                        fingerprint(text("key", true, "a", "b")),
                        fingerprint(text("key", false, "a")),
                        fingerprint(text("key", false, "b", "a", "c")),
                        fingerprint(text("key", false, "a, b")),
                        fingerprint(text("key, false", false, "a")),
                        fingerprint(NUMBER),
                        fingerprint(new NumericAttribute("key", 1, 3, false)),
                        fingerprint(new NumericAttribute("key", 12, 0, false)));

        assertThat(fingerprints).doesNotHaveDuplicates();
    }

    @Test
    void shareABitOnlyWhereTheyAreEqualInEffect() {
        assertThat(conditions(TEXT, text("key", false, "a", "b")).count()).isEqualTo(1);
        assertThat(conditions(TEXT, text("key", false, "", "a", "b")).count()).isEqualTo(1);
        assertThat(conditions(TEXT, text("key", false, "a, b")).count()).isEqualTo(2);
        assertThat(
                        conditions(
                                        text("k, false, [a", false, "b"),
                                        text("k", false, "a, false, [b"))
                                .count())
                .isEqualTo(2);
    }

    @Test
    void areNeverMistakenForOthersByTextsThatLookLikeTheirEnds() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            List<String> one = randomTexts(random);
            List<String> other = randomTexts(random);
            SpanConditions conditions = new SpanConditions();
            conditions.bit("type", one, (resource, scope, span) -> true);
            conditions.bit("type", other, (resource, scope, span) -> true);
            assertThat(conditions.count())
                    .as("%s and %s", one, other)
                    .isEqualTo(one.equals(other) ? 1 : 2);
        }
    }

    /** Of the characters that separate parameters in one way or another. */
    private static List<String> randomTexts(Random random) {
        List<String> texts = new ArrayList<>();
        for (int count = random.nextInt(3); count > 0; count--) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(4); length > 0; length--) {
                text.append(" ,:1".charAt(random.nextInt(4)));
            }
            texts.add(text.toString());
        }
        return texts;
    }

    private static Policy text(String key, boolean regex, String... values) {
        return new StringAttribute(key, List.of(values), regex, 128, false);
    }

    private static long fingerprint(Policy... policies) {
        return conditions(policies).fingerprint();
    }

    private static SpanConditions conditions(Policy... policies) {
        List<NamedPolicy> named = new ArrayList<>();
        for (Policy policy : policies) {
            named.add(new NamedPolicy("policy " + named.size(), policy));
        }
        return new CompiledPolicies(TestSettings.with(named).make()).conditions();
    }
}
