package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.Chunks;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.TestSettings;
import io.tailrace.operators.sampling.decision.CompiledPolicies;
import io.tailrace.operators.sampling.decision.Decision;
import io.tailrace.operators.sampling.decision.TraceKnowledge;
import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.sampling.decision.Votes;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** What policies say of a part of a trace, and what of it holds for more of the trace. */
class ThreeValuesTest {

    private final Map<Verdict, Integer> finalOnParts = new EnumMap<>(Verdict.class);
    private int openAtFirst;

    @Test
    void whatIsSettledOfAPartHoldsForTheWhole() {
        assertSettledHolds(false);
    }

    @Test
    void whatIsSettledOfAPartHoldsForTheWholeWithThresholds() {
        assertSettledHolds(true);
    }

    private void assertSettledHolds(boolean stamped) {
        for (long seed = 0; seed < 6000; seed++) {
            List<NamedPolicy> policies = new RandomPolicies(seed).trees(stamped);
            TestSettings settings = TestSettings.with(policies);
            assertSettledHolds(
                    (stamped ? settings.stampThreshold() : settings).make(), new Random(seed));
        }
        // Often enough to mean something.
        for (Verdict verdict : Verdict.values()) {
            assertThat(finalOnParts.getOrDefault(verdict, 0))
                    .as("%s on parts", verdict)
                    .isGreaterThan(100);
        }
        assertThat(openAtFirst).isGreaterThan(3000);
    }

    private void assertSettledHolds(SamplingSettings settings, Random random) {
        String seen = settings.policies().toString();
        CompiledPolicies compiled = new CompiledPolicies(settings);
        RandomTraces traces = new RandomTraces(random.nextLong());
        TraceId traceId = traces.traceId();
        List<PlacedSpan> spans = new ArrayList<>(PlacedSpan.of(traces.part(traceId)));
        List<Evidence> parts = parts(new Chunks(settings), spans, random);
        Evidence grown = new Evidence(compiled.conditions().count());
        List<Decision> settled = new ArrayList<>();
        List<Map<String, Vote>> voted = new ArrayList<>();
        for (Evidence part : parts) {
            grown.merge(part);
            TraceKnowledge known = new TraceKnowledge(traceId, grown.copy(), false);
            Votes votes = compiled.ask(known);
            assertThat(compiled.areSettled(known)).as(seen).isEqualTo(votes.areFinal());
            assertHolds(votes.decision(), settled, voted, seen);
            voted.add(votes.decision().votes());
            if (votes.areFinal()) {
                settled.add(votes.decision());
                finalOnParts.merge(votes.decision().verdict(), 1, Integer::sum);
            } else {
                assertThat(settled).as("final before, %s", seen).isEmpty();
            }
        }
        openAtFirst += voted.get(0).containsValue(Vote.OPEN) ? 1 : 0;

        Decision whole = new Asked(settings).at(0, traceId, grown);

        assertHolds(whole, settled, voted, seen);
        assertThat(whole.votes()).as(seen).doesNotContainValue(Vote.OPEN);
        // And is that of the spans, however they came.
        PlainTrace plain =
                new PlainTrace(traceId, spans, grown.bytes(), false, settings.stampThreshold());
        assertThat(whole)
                .as(seen)
                .isEqualTo(new PlainSampler(settings.policies()).decide(plain, 0));
    }

    private static void assertHolds(
            Decision now, List<Decision> settled, List<Map<String, Vote>> voted, String seen) {
        for (Decision before : settled) {
            assertThat(now.verdict()).as(seen).isEqualTo(before.verdict());
            assertThat(now.threshold()).as(seen).isEqualTo(before.threshold());
        }
        for (Map<String, Vote> before : voted) {
            before.forEach(
                    (policy, vote) -> {
                        if (vote != Vote.OPEN && vote != Vote.NOT_ASKED) {
                            assertThat(now.votes()).as(seen).containsEntry(policy, vote);
                        }
                    });
        }
    }

    /** Of a trace, cut anywhere, in any order. */
    private static List<Evidence> parts(Chunks chunks, List<PlacedSpan> spans, Random random) {
        Collections.shuffle(spans, random);
        List<Evidence> parts = new ArrayList<>();
        for (int from = 0; from < spans.size(); ) {
            int to = from + 1 + random.nextInt(Math.min(4, spans.size() - from));
            parts.add(chunks.of(PlacedSpan.request(spans.subList(from, to)), 0).get(0).evidence());
            from = to;
        }
        return parts;
    }

    @Test
    void theOrderOfPartsDoesNotMatter() {
        for (long seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            TestSettings given = TestSettings.with(new RandomPolicies(seed).trees(true));
            SamplingSettings settings = given.stampThreshold().make();
            RandomTraces traces = new RandomTraces(seed);
            TraceId traceId = traces.traceId();
            List<PlacedSpan> spans = new ArrayList<>(PlacedSpan.of(traces.part(traceId)));
            List<Evidence> parts = parts(new Chunks(settings), spans, random);

            Evidence merged = merged(settings, parts);
            Collections.shuffle(parts, random);
            // Also in a tree rather than one after the other.
            int middle = random.nextInt(parts.size() + 1);
            Evidence halves =
                    merged(
                            settings,
                            List.of(
                                    merged(settings, parts.subList(middle, parts.size())),
                                    merged(settings, parts.subList(0, middle))));

            assertThat(halves).as("seed %d", seed).isEqualTo(merged);
        }
    }

    private static Evidence merged(SamplingSettings settings, List<Evidence> parts) {
        Evidence merged = new Evidence(new CompiledPolicies(settings).conditions().count());
        parts.forEach(merged::merge);
        return merged;
    }
}
