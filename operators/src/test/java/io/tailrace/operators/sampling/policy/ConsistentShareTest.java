package io.tailrace.operators.sampling.policy;

import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.sampling.Chunks;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.TestSettings;
import io.tailrace.operators.sampling.decision.Decision;
import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.tracestate.SamplingThreshold;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The choices of probabilistic where kept spans carry their threshold. */
class ConsistentShareTest {

    private static SamplingSettings settings(Policy... policies) {
        return TestSettings.with(
                        Stream.of(policies)
                                .map(each -> new NamedPolicy(each.toString(), each))
                                .toList())
                .stampThreshold()
                .make();
    }

    private static Decision decide(SamplingSettings settings, TraceId traceId, String... states) {
        Span[] spans = new Span[states.length];
        for (int i = 0; i < spans.length; i++) {
            spans[i] = Requests.span(traceId, i + 1L).setTraceState(states[i]).build();
        }
        return new Asked(settings)
                .at(0, traceId, new Chunks(settings).of(Requests.of(spans), 0).get(0).evidence());
    }

    @ParameterizedTest
    @CsvSource({
        "50, 80000000000000, th:8",
        "25, c0000000000000, th:c",
        "10, e6666666666666, th:e6666666666666",
        "100, 0, th:0",
        "250, 0, th:0"
    })
    void hasTheThresholdOfItsShare(double percentage, String threshold, String text) {
        Decision decision =
                decide(settings(new Probabilistic(percentage, "")), new TraceId(0, -1), "");

        assertThat(decision.verdict()).isEqualTo(Verdict.SAMPLED);
        assertThat(decision.threshold()).isEqualTo(Long.parseLong(threshold, 16));
        assertThat("th:" + SamplingThreshold.text(decision.threshold())).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                // The last 56 bits of the id choose; those before say nothing.
                "0000000000000000ff7fffffffffffff| ''| false",
                "00000000000000000080000000000000| ''| true",
                "ffffffffffffffffff00000000000001| ''| false",
                "000000000000000000ffffffffffffff| ''| true",
                // What spans bring goes before it.
                "000000000000000000ffffffffffffff| ot=rv:7fffffffffffff| false",
                "00000000000000000000000000000001| ot=rv:80000000000000| true",
                "00000000000000000000000000000001| a=b,ot=th:c;rv:80000000000000| true",
                // What is malformed brings nothing.
                "000000000000000000ffffffffffffff| ot=rv:7fffffffffff| true",
                "000000000000000000ffffffffffffff| ot=th:c| true",
            },
            delimiter = '|')
    void goesByTheRandomnessThatSpansBringElseByTheId(String id, String state, boolean kept) {
        TraceId traceId = TraceId.ofHex(id);

        // Its salt is for the other way to choose.
        assertThat(decide(settings(new Probabilistic(50, "salt")), traceId, "", state, ""))
                .extracting(Decision::verdict)
                .isEqualTo(kept ? Verdict.SAMPLED : Verdict.NOT_SAMPLED);
    }

    @ParameterizedTest
    @CsvSource({"0.1", "5", "33.3", "99", "0"})
    void keepsThatShareOfRandomIdsAndMoreOfThemAsItGrows(double percentage) {
        SamplingSettings settings = settings(new Probabilistic(percentage, ""));
        Asked asked = new Asked(settings);
        Asked more = new Asked(settings(new Probabilistic(percentage + 10, "other")));
        var evidence = new Chunks(settings).of(Traces.spans(1), 0).get(0).evidence();
        Random random = new Random(1);
        int kept = 0;
        for (int i = 0; i < 100_000; i++) {
            TraceId traceId = new TraceId(random.nextLong(), random.nextLong());
            if (asked.at(0, traceId, evidence).verdict() == Verdict.SAMPLED) {
                kept++;
                assertThat(more.at(0, traceId, evidence).verdict()).isEqualTo(Verdict.SAMPLED);
            }
        }
        assertThat(kept / 1000.0).isCloseTo(percentage, within(0.6));
    }

    @ParameterizedTest
    @CsvSource({
        "ffffffffffffff, 80000000000000",
        "c0000000000000, 80000000000000",
        "bfffffffffffff, 80000000000000",
        "80000000000000, 80000000000000",
        "7fffffffffffff, ",
    })
    void ofSeveralSharesTheLargestCounts(String randomness, String threshold) {
        SamplingSettings settings =
                settings(
                        new Probabilistic(25, ""),
                        new Probabilistic(50, ""),
                        new And(
                                List.of(
                                        new SubPolicy(null, new Probabilistic(90, "")),
                                        new SubPolicy(null, new Probabilistic(10, "")))));

        Decision decision = decide(settings, Traces.ID, "ot=rv:" + randomness);

        assertThat(decision.threshold())
                .isEqualTo(threshold == null ? null : (Long) Long.parseLong(threshold, 16));
    }

    @Test
    void whoeverTakesAllHasNoneAndALimiterWritesNone() {
        SamplingSettings settings =
                settings(new Probabilistic(0, ""), new RateLimiting(10, 10), new SpanCount(2, 0));

        Decision limited = decide(settings, Traces.ID, "");
        Decision all = decide(settings, Traces.ID, "", "");

        assertThat(limited.verdict()).isEqualTo(Verdict.SAMPLED);
        assertThat(limited.threshold()).isNull();
        assertThat(all.verdict()).isEqualTo(Verdict.SAMPLED);
        assertThat(all.threshold()).isZero();
    }

    @Test
    void isRefusedWhereWhatIsLeftOfAShareHasNoThreshold() {
        SubPolicy share = new SubPolicy(null, new Probabilistic(50, ""));
        SubPolicy flags = new SubPolicy(null, new TraceFlags());
        SamplingSettings settings =
                settings(
                        new Not(share),
                        new Not(flags),
                        new Drop(List.of(flags, share)),
                        new Drop(List.of(flags)),
                        new And(List.of(flags, share)),
                        new BkConditions(List.of(), 50),
                        new BkConditions(List.of(), 100));
        List<String> reported = new ArrayList<>();

        settings.check((key, expected) -> reported.add(key));
        TestSettings.with(settings.policies()).make().check((key, expected) -> reported.add("off"));

        assertThat(reported)
                .containsExactly("policies[0].type", "policies[2].type", "policies[5].type");
    }
}
