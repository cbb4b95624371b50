package io.tailrace.operators.sampling;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.operators.sampling.SamplerHarness.Backend;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.PlainPolicies;
import io.tailrace.operators.sampling.policy.RandomPolicies;
import io.tailrace.operators.sampling.policy.RandomTraces;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random traffic against a plain account by arrival: however records come out of order and whenever
 * watermarks and restarts come in between, the same is decided and kept.
 */
class TraceSamplerReplayTest {

    private static final long WAIT = 30_000;
    private static final long ROOT_WAIT = 5_000;
    private static final long TTL = 60_000;
    private static final int OUT_OF_ORDERNESS = 4_000;

    /**
     * @param read when it is read, up to the out-of-orderness later
     */
    private record Arrival(
            long time, long read, TraceId traceId, TraceChunk chunk, List<PlacedSpan> spans) {}

    private record Outcome(List<String> records, Map<TraceId, List<PlacedSpan>> kept) {}

    @Test
    void decidesByArrivalAloneInMemory() throws Exception {
        for (long seed = 0; seed < 400; seed++) {
            assertDecidesByArrival(Backend.HASHMAP, seed);
        }
    }

    @Test
    void decidesByArrivalAloneInRocksDb() throws Exception {
        for (long seed = 1000; seed < 1040; seed++) {
            assertDecidesByArrival(Backend.ROCKSDB, seed);
        }
    }

    private static void assertDecidesByArrival(Backend backend, long seed) throws Exception {
        Random random = new Random(seed);
        List<NamedPolicy> policies = new RandomPolicies(seed).some();
        SamplingSettings settings = TestSettings.with(policies).make();
        List<Arrival> arrivals = arrivals(seed, random, policies);
        Outcome expected = account(policies, arrivals);

        arrivals.sort(Comparator.comparingLong(Arrival::read));
        double eagerness = random.nextDouble();
        try (SamplerHarness sampler = new SamplerHarness(backend, settings)) {
            long latest = 0;
            for (Arrival each : arrivals) {
                sampler.send(each.chunk);
                latest = Math.max(latest, each.time);
                if (random.nextDouble() < eagerness) {
                    sampler.watermark(latest - OUT_OF_ORDERNESS - 1);
                }
                if (random.nextInt(60) == 0) {
                    sampler.restart(1 + random.nextInt(3), settings);
                }
            }
            sampler.watermark(latest + 10 * TTL);
            sampler.end();

            assertThat(sampler.records())
                    .as("seed %d", seed)
                    .extracting(TraceSamplerReplayTest::text)
                    .containsExactlyInAnyOrderElementsOf(expected.records);
            Map<TraceId, List<PlacedSpan>> kept = new HashMap<>();
            for (KeptSpans each : sampler.kept()) {
                List<PlacedSpan> spans = PlacedSpan.of(each.otlp());
                assertThat(spans).as("seed %d", seed).hasSize(each.spans());
                kept.computeIfAbsent(each.traceId(), any -> new ArrayList<>()).addAll(spans);
            }
            assertThat(kept).as("seed %d", seed).containsOnlyKeys(expected.kept.keySet());
            kept.forEach(
                    (traceId, spans) ->
                            assertThat(spans)
                                    .as("seed %d, trace %s", seed, traceId)
                                    .containsExactlyInAnyOrderElementsOf(
                                            expected.kept.get(traceId)));
            assertThat(sampler.stateEntries()).as("seed %d", seed).isZero();
            assertThat(sampler.timers()).as("seed %d", seed).isZero();
            assertThat(sampler.metric("traces_open")).as("seed %d", seed).isZero();
            assertThat(sampler.metric("buffered_bytes")).as("seed %d", seed).isZero();
            assertThat(sampler.metric("spans_behind_watermark")).as("seed %d", seed).isZero();
        }
    }

    private static List<Arrival> arrivals(long seed, Random random, List<NamedPolicy> policies) {
        Chunks chunks = new Chunks(policies);
        RandomTraces traces = new RandomTraces(seed);
        List<Arrival> arrivals = new ArrayList<>();
        for (int trace = 0; trace < 8; trace++) {
            TraceId traceId = traces.traceId();
            long time = 1_000_000L + random.nextInt(100_000);
            for (int parts = 1 + random.nextInt(8); parts > 0; parts--) {
                ExportTraceServiceRequest.Builder request = traces.part(traceId).toBuilder();
                if (random.nextInt(4) == 0) {
                    request.mergeFrom(
                            Requests.of(
                                    Requests.span(traceId, random.nextLong() | 1)
                                            .setStartTimeUnixNano(1_000_000_000_000L)
                                            .setEndTimeUnixNano(1_000_000_000_000L)
                                            .build()));
                }
                TraceChunk chunk = chunks.of(request.build(), time).get(0);
                arrivals.add(
                        new Arrival(
                                time,
                                time + random.nextInt(OUT_OF_ORDERNESS),
                                traceId,
                                chunk,
                                PlacedSpan.of(request.build())));
                // Often at once, and often right at a deadline or the end of a memory.
                time +=
                        switch (random.nextInt(6)) {
                            case 0 -> ROOT_WAIT + random.nextInt(2);
                            case 1 -> WAIT + random.nextInt(2);
                            case 2 -> TTL + random.nextInt(2);
                            case 3 -> WAIT + TTL + random.nextInt(2);
                            case 4 -> 0;
                            default -> random.nextInt(20_000);
                        };
            }
        }
        return arrivals;
    }

    private static Outcome account(List<NamedPolicy> policies, List<Arrival> arrivals) {
        Outcome outcome = new Outcome(new ArrayList<>(), new HashMap<>());
        Map<TraceId, List<Arrival>> traces = new HashMap<>();
        arrivals.forEach(
                each -> traces.computeIfAbsent(each.traceId, any -> new ArrayList<>()).add(each));
        traces.forEach(
                (traceId, all) -> {
                    List<Arrival> rest = new ArrayList<>(all);
                    rest.sort(Comparator.comparingLong(Arrival::time));
                    while (!rest.isEmpty()) {
                        rest = decide(policies, traceId, rest, outcome);
                    }
                });
        return outcome;
    }

    /** Decides the first life of a trace; gives what is left for the next. */
    private static List<Arrival> decide(
            List<NamedPolicy> policies, TraceId traceId, List<Arrival> rest, Outcome outcome) {
        long first = rest.get(0).time;
        long root =
                rest.stream()
                        .filter(each -> hasRoot(each.spans))
                        .mapToLong(Arrival::time)
                        .min()
                        .orElse(Long.MAX_VALUE - ROOT_WAIT);
        long deadline = Math.min(first + WAIT, root + ROOT_WAIT);
        List<Arrival> members = between(rest, Long.MIN_VALUE, deadline);
        List<Arrival> late = between(rest, deadline, deadline + TTL);
        List<PlacedSpan> spans = spans(members);
        String winner =
                policies.stream()
                        .filter(each -> PlainPolicies.samples(each.policy(), traceId, spans))
                        .findFirst()
                        .map(NamedPolicy::name)
                        .orElse(null);
        String trigger = deadline < first + WAIT ? "ROOT" : "DEADLINE";
        outcome.records.add(text(traceId, winner, trigger, members, List.of(), first, deadline));
        if (!late.isEmpty()) {
            outcome.records.add(text(traceId, winner, "LATE", members, late, first, deadline));
        }
        if (winner != null) {
            List<PlacedSpan> kept = outcome.kept.computeIfAbsent(traceId, any -> new ArrayList<>());
            kept.addAll(spans);
            kept.addAll(spans(late));
        }
        return between(rest, deadline + TTL, Long.MAX_VALUE);
    }

    private static List<Arrival> between(List<Arrival> all, long after, long until) {
        return all.stream().filter(each -> each.time > after && each.time <= until).toList();
    }

    private static boolean hasRoot(List<PlacedSpan> spans) {
        return spans.stream().anyMatch(each -> each.span().getParentSpanId().isEmpty());
    }

    private static List<PlacedSpan> spans(List<Arrival> arrivals) {
        return arrivals.stream().flatMap(each -> each.spans.stream()).toList();
    }

    private static String text(
            TraceId traceId,
            String winner,
            String trigger,
            List<Arrival> members,
            List<Arrival> late,
            long first,
            long decided) {
        List<Arrival> all = new ArrayList<>(members);
        all.addAll(late);
        long bytes = all.stream().mapToLong(each -> each.chunk.otlp().length).sum();
        long start =
                spans(all).stream()
                        .mapToLong(each -> each.span().getStartTimeUnixNano())
                        .min()
                        .orElseThrow();
        long end =
                spans(all).stream()
                        .mapToLong(each -> each.span().getEndTimeUnixNano())
                        .max()
                        .orElseThrow();
        return "%s %s %s spans=%d bytes=%d times=%d-%d late=%d first=%d decided=%d"
                .formatted(
                        traceId,
                        winner,
                        trigger,
                        spans(all).size(),
                        bytes,
                        start,
                        end,
                        spans(late).size(),
                        first,
                        decided);
    }

    private static String text(DecisionRecord record) {
        return "%s %s %s spans=%d bytes=%d times=%d-%d late=%d first=%d decided=%d"
                .formatted(
                        record.traceId(),
                        record.decision().policy(),
                        record.trigger(),
                        record.spans(),
                        record.bytes(),
                        record.startUnixNano(),
                        record.endUnixNano(),
                        record.lateSpans(),
                        record.firstSeen(),
                        record.decided());
    }
}
