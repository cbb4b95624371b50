package io.tailrace.operators.sampling;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.operators.sampling.SamplerHarness.Backend;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.sampling.policy.Latency;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.Probabilistic;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Metrics made of kept spans must estimate those of all spans without bias, where each span counts
 * for as many as its threshold says. Part of the traffic was sampled before it came here; the truth
 * is what there was before that.
 */
class AdjustedCountsTest {

    private static final int BATCHES = 400;
    private static final int TRACES_PER_BATCH = 120;
    private static final long EVERYTHING = 1L << 56;
    private static final List<String> SERVICES = List.of("shop", "cart", "mail");
    private static final Pattern THRESHOLD = Pattern.compile("ot=[^,]*\\bth:([0-9a-f]{1,14})");

    /** Of a trace with an error or a slow one all are kept, early; of others one in ten. */
    private static final SamplingSettings SETTINGS =
            TestSettings.with(
                            List.of(
                                    SamplerScenarios.ERRORS.get(0),
                                    new NamedPolicy("slow", new Latency(500, 0)),
                                    new NamedPolicy("baseline", new Probabilistic(10, ""))))
                    .eagerRelease()
                    .stampThreshold()
                    .make();

    /** Sums of one batch of traces, by what they measure. */
    private static final class Sums {
        private final Map<String, Double> sums = new TreeMap<>();

        void add(String what, double value) {
            sums.merge(what, value, Double::sum);
        }

        /** Rate, errors and duration. */
        void add(PlacedSpan placed, double weight) {
            String service =
                    placed.under().getResource().getAttributes(0).getValue().getStringValue();
            Span span = placed.span();
            add(service + " count", weight);
            add(service + " errors", span.getStatus().getCodeValue() == 2 ? weight : 0);
            add(service + " duration", weight * millis(span));
        }

        private static double millis(Span span) {
            return (span.getEndTimeUnixNano() - span.getStartTimeUnixNano()) / 1e6;
        }
    }

    private record Sent(long arrival, TraceId traceId, String service, List<Span> spans) {}

    private static final Sums[] TRUE = batches();
    private static final Sums[] ESTIMATED = batches();
    private static final Sums[] COUNTED = batches();
    private static final List<DecisionRecord> RECORDS = new ArrayList<>();
    private static final List<KeptSpans> KEPT = new ArrayList<>();

    private static Sums[] batches() {
        Sums[] batches = new Sums[BATCHES];
        for (int i = 0; i < BATCHES; i++) {
            batches[i] = new Sums();
        }
        return batches;
    }

    @BeforeAll
    static void sample() throws Exception {
        Random random = new Random(20_260_301);
        Map<TraceId, Integer> batchOf = new HashMap<>();
        List<Sent> sent = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            for (int i = 0; i < TRACES_PER_BATCH; i++) {
                TraceId traceId = new TraceId(random.nextLong(), random.nextLong());
                batchOf.put(traceId, batch);
                addTrace(random, traceId, TRUE[batch], sent);
            }
        }
        sent.sort(Comparator.comparingLong(Sent::arrival));
        try (SamplerHarness sampler = new SamplerHarness(Backend.HASHMAP, SETTINGS)) {
            Chunks chunks = new Chunks(SETTINGS);
            for (int i = 0; i < sent.size(); i++) {
                Sent each = sent.get(i);
                Span[] spans = each.spans.toArray(Span[]::new);
                sampler.send(
                        chunks.of(Requests.of(Requests.service(each.service), spans), each.arrival)
                                .get(0));
                if (i % 50 == 0) {
                    sampler.watermark(each.arrival - 1);
                }
            }
            sampler.end();
            for (KeptSpans kept : sampler.kept()) {
                KEPT.add(kept);
                int batch = batchOf.get(kept.traceId());
                for (PlacedSpan span : PlacedSpan.of(kept.otlp())) {
                    ESTIMATED[batch].add(span, adjustedCount(span.span().getTraceState()));
                    COUNTED[batch].add(span, 1);
                }
            }
            for (DecisionRecord record : sampler.records()) {
                RECORDS.add(record);
                if (record.sampled() && record.trigger() != Trigger.LATE) {
                    int batch = batchOf.get(record.traceId());
                    ESTIMATED[batch].add("traces", record.adjustedCount());
                    COUNTED[batch].add("traces", 1);
                }
            }
        }
    }

    /** One to four requests of one service each; some come after the decision. */
    private static void addTrace(Random random, TraceId traceId, Sums truth, List<Sent> sent) {
        boolean sampledBefore = random.nextInt(3) == 0;
        boolean ownRandomness = random.nextInt(2) == 0;
        boolean slow = random.nextInt(15) == 0;
        boolean failing = random.nextInt(6) == 0;
        long randomness =
                ownRandomness ? random.nextLong() & EVERYTHING - 1 : traceId.low() & EVERYTHING - 1;
        // Three of four were left out.
        boolean arrives = !sampledBefore || randomness >= EVERYTHING / 4 * 3;
        List<String> members = new ArrayList<>();
        if (sampledBefore) {
            members.add("th:c");
        }
        if (ownRandomness) {
            members.add("rv:%014x".formatted(randomness));
        }
        String traceState = members.isEmpty() ? "" : "ot=" + String.join(";", members);
        truth.add("traces", 1);
        long arrival = 1_000_000L + random.nextInt(10_000_000);
        for (int parts = 1 + random.nextInt(4); parts > 0; parts--) {
            String service = SERVICES.get(random.nextInt(SERVICES.size()));
            List<Span> spans = new ArrayList<>();
            for (int count = 1 + random.nextInt(3); count > 0; count--) {
                int millis = slow ? 200 + random.nextInt(900) : 1 + random.nextInt(400);
                Span.Builder span =
                        Requests.child(traceId, random.nextLong() | 1)
                                .setTraceState(traceState)
                                .setStartTimeUnixNano(1_000_000_000_000L)
                                .setEndTimeUnixNano(1_000_000_000_000L + millis * 1_000_000L);
                if (failing && random.nextInt(3) == 0) {
                    span.setStatus(Status.newBuilder().setCodeValue(2));
                }
                spans.add(span.build());
            }
            Sent each = new Sent(arrival, traceId, service, spans);
            PlacedSpan.of(Requests.of(Requests.service(service), spans.toArray(Span[]::new)))
                    .forEach(span -> truth.add(span, 1));
            if (arrives) {
                sent.add(each);
            }
            arrival += random.nextInt(25_000);
        }
    }

    /** As the specification of sampling in trace states has it. */
    private static double adjustedCount(String traceState) {
        Matcher threshold = THRESHOLD.matcher(traceState);
        assertThat(threshold.find()).as("threshold in %s", traceState).isTrue();
        String digits = (threshold.group(1) + "0".repeat(14)).substring(0, 14);
        return (double) EVERYTHING / (EVERYTHING - Long.parseLong(digits, 16));
    }

    @Test
    void estimatesWhatThereWasWithoutBias() {
        for (String what : TRUE[0].sums.keySet()) {
            Differences differences = Differences.of(what, ESTIMATED);
            assertThat(differences.standardError / differences.truth)
                    .as("standard error of %s, so that a bias would show", what)
                    .isLessThan(0.03);
            assertThat(Math.abs(differences.mean) / differences.standardError)
                    .as("bias of %s in standard errors: %s", what, differences)
                    .isLessThan(3.5);
        }
    }

    @Test
    void wouldBeBiasedWithoutTheCounts() {
        for (String what : TRUE[0].sums.keySet()) {
            Differences differences = Differences.of(what, COUNTED);
            assertThat(differences.mean / differences.standardError)
                    .as("bias of %s in standard errors: %s", what, differences)
                    .isLessThan(-10);
        }
    }

    @Test
    void recordsSayWhatTheSpansSay() {
        // A trace that came again after its memory has two.
        Map<TraceId, Set<Double>> counts = new HashMap<>();
        RECORDS.forEach(
                record ->
                        counts.computeIfAbsent(record.traceId(), any -> new HashSet<>())
                                .add(record.adjustedCount()));
        for (KeptSpans kept : KEPT) {
            assertThat(PlacedSpan.of(kept.otlp()))
                    .extracting(placed -> adjustedCount(placed.span().getTraceState()))
                    .isSubsetOf(counts.get(kept.traceId()));
        }
    }

    @Test
    void isAskedOfEveryKindOfDecision() {
        assertThat(RECORDS)
                .extracting(DecisionRecord::trigger)
                .contains(Trigger.EAGER, Trigger.DEADLINE, Trigger.LATE);
        for (String policy : List.of("errors", "slow", "baseline")) {
            assertThat(RECORDS)
                    .filteredOn(record -> policy.equals(record.decision().policy()))
                    .as(policy)
                    .hasSizeGreaterThan(100);
        }
    }

    /**
     * How far batches are off the truth.
     *
     * @param truth the mean of it
     */
    private record Differences(double truth, double mean, double standardError) {

        static Differences of(String what, Sums[] batches) {
            ToDoubleFunction<Sums> get = sums -> sums.sums.getOrDefault(what, 0.0);
            double truth = 0;
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < BATCHES; i++) {
                double is = get.applyAsDouble(TRUE[i]);
                double off = get.applyAsDouble(batches[i]) - is;
                truth += is;
                sum += off;
                squares += off * off;
            }
            double mean = sum / BATCHES;
            double variance = (squares - BATCHES * mean * mean) / (BATCHES - 1);
            return new Differences(truth / BATCHES, mean, Math.sqrt(variance / BATCHES));
        }
    }
}
