package io.tailrace.operators.sampling;

import io.tailrace.operators.sampling.policy.AlwaysSample;
import io.tailrace.operators.sampling.policy.BkConditions;
import io.tailrace.operators.sampling.policy.Drop;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.Not;
import io.tailrace.operators.sampling.policy.Policy;
import io.tailrace.operators.sampling.policy.Probabilistic;
import io.tailrace.operators.sampling.policy.SubPolicy;
import io.tailrace.operators.settings.ByteSize;
import io.tailrace.operators.span.semconv.Semconv;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SamplingSettingsTest {

    private static SamplingSettings settings(
            Duration wait, Duration ttl, Integer mostSpans, BkSettings bk) {
        return new SamplingSettings(
                wait,
                null,
                true,
                ttl,
                mostSpans,
                new ByteSize(1),
                new ByteSize(1 << 20),
                null,
                SamplingSettings.LateSpans.FOLLOW,
                false,
                true,
                false,
                Semconv.AS_WRITTEN,
                false,
                bk,
                List.of(new NamedPolicy("all", new AlwaysSample())));
    }

    private static List<String> refused(SamplingSettings settings) {
        List<String> keys = new ArrayList<>();
        settings.check((key, expected) -> keys.add(key));
        return keys;
    }

    private static SamplingSettings stamped(Policy policy) {
        return TestSettings.with(List.of(new NamedPolicy("policy", policy)))
                .stampThreshold()
                .make();
    }

    @Test
    void haveTheirOwnDefaultsWithoutBlueKings() {
        SamplingSettings settings = settings(null, null, null, null);

        assertThat(settings.decisionWait()).hasSeconds(30);
        assertThat(settings.decisionTtl()).hasMinutes(10);
        assertThat(settings.maxSpansPerTrace()).isEqualTo(10_000);
        assertThat(refused(settings)).isEmpty();
    }

    @Test
    void takeBlueKingsNamesAndDefaults() {
        SamplingSettings named = settings(null, null, null, new BkSettings(500, 2, 3));
        assertThat(named.maxSpansPerTrace()).isEqualTo(500);
        assertThat(named.decisionWait()).hasMinutes(2);
        assertThat(named.decisionTtl()).hasMinutes(3);

        SamplingSettings defaults = settings(null, null, null, new BkSettings(null, null, null));
        assertThat(defaults.maxSpansPerTrace()).isEqualTo(10_000);
        assertThat(defaults.decisionWait()).hasMinutes(30);
        assertThat(defaults.decisionTtl()).hasHours(24);
        assertThat(refused(defaults)).isEmpty();
    }

    @Test
    void refuseOnlyWhatIsGivenUnderBothNames() {
        Duration wait = Duration.ofSeconds(5);
        SamplingSettings other = settings(wait, null, null, new BkSettings(500, null, null));
        assertThat(refused(other)).isEmpty();
        assertThat(other.decisionWait()).isEqualTo(wait);

        assertThat(refused(settings(wait, wait, 7, new BkSettings(500, 1, 1))))
                .containsExactly("decision_wait", "decision_ttl", "max_spans_per_trace");
    }

    @Test
    void refuseThresholdsForWhatHasNone() {
        Policy share = new Probabilistic(10, "");
        Policy bkShare = new BkConditions(List.of(), 10);

        assertThat(refused(stamped(share))).isEmpty();
        assertThat(refused(stamped(bkShare))).containsExactly("policies[0].type");
        assertThat(refused(stamped(new BkConditions(List.of(), 0)))).isEmpty();
        assertThat(refused(stamped(new Not(new SubPolicy(null, share)))))
                .containsExactly("policies[0].type");
        assertThat(refused(stamped(new Not(new SubPolicy(null, new Probabilistic(100, ""))))))
                .isEmpty();
        assertThat(refused(stamped(new Drop(List.of(new SubPolicy(null, bkShare))))))
                .containsExactly("policies[0].type");
    }
}
