package io.tailrace.operators.sampling;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.tailrace.operators.sampling.PlainAccount.Kept;
import io.tailrace.operators.sampling.PlainAccount.Part;
import io.tailrace.operators.sampling.SamplerHarness.Backend;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.sampling.policy.RandomTraces;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static io.tailrace.operators.sampling.PlainAccount.ROOT_WAIT;
import static io.tailrace.operators.sampling.PlainAccount.TTL;
import static io.tailrace.operators.sampling.PlainAccount.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random traffic under random settings against a plain account by arrival: however records come out
 * of order and whenever watermarks, checkpoints, restarts and failures come in between, the same is
 * decided and kept.
 */
class TraceSamplerReplayTest {

    private static final int OUT_OF_ORDERNESS = 4_000;

    /**
     * @param read when it is read, up to the out-of-orderness later
     */
    private record Arrival(
            long time, long read, TraceId traceId, ExportTraceServiceRequest request) {

        Part part() {
            return new Part(time, traceId, request.getSerializedSize(), PlacedSpan.of(request));
        }
    }

    @Test
    void decidesByArrivalAloneInMemory() throws Exception {
        for (long seed = 0; seed < 1200; seed++) {
            assertDecidesByArrival(Backend.HASHMAP, seed);
        }
    }

    @Test
    void decidesByArrivalAloneInRocksDb() throws Exception {
        for (long seed = 10_000; seed < 10_060; seed++) {
            assertDecidesByArrival(Backend.ROCKSDB, seed);
        }
    }

    private static void assertDecidesByArrival(Backend backend, long seed) throws Exception {
        Random random = new Random(seed);
        SamplingSettings settings = new RandomSettings(seed).next();
        // Of late spans out of order it shows when each was read, where not all are treated alike.
        boolean inOrder =
                random.nextInt(3) == 0
                        || settings.lateSpans() == SamplingSettings.LateSpans.RECONSIDER
                        || settings.maxKeptSpansPerTrace() != null;
        // Budgets are shared out among subtasks, so that more of them decide otherwise.
        boolean limited = settings.policies().stream().anyMatch(PlainVotes::isLimiter);
        List<Arrival> arrivals =
                arrivals(
                        random,
                        settings,
                        limited ? 8_000 : 100_000,
                        inOrder ? 1 : OUT_OF_ORDERNESS);
        arrivals.sort(Comparator.comparingLong(Arrival::read));
        PlainAccount account =
                new PlainAccount(settings, arrivals.stream().map(Arrival::part).toList());

        double eagerness = random.nextDouble();
        try (SamplerHarness sampler = new SamplerHarness(backend, settings)) {
            Chunks chunks = new Chunks(settings);
            long latest = 0;
            SamplerHarness.Checkpoint checkpoint = sampler.checkpoint();
            int next = 0;
            long latestThen = 0;
            for (int i = 0; i < arrivals.size(); i++) {
                Arrival each = arrivals.get(i);
                sampler.send(chunks.of(each.request, each.time).get(0));
                latest = Math.max(latest, each.time);
                if (random.nextDouble() < eagerness) {
                    sampler.watermark(latest - OUT_OF_ORDERNESS - 1);
                }
                int parallelism = limited ? 1 : 1 + random.nextInt(3);
                boolean restart = random.nextInt(limited ? 8 : 60) == 0;
                if (restart || random.nextInt(8) == 0) {
                    checkpoint = sampler.checkpoint();
                    next = i + 1;
                    latestThen = latest;
                }
                if (restart || random.nextInt(60) == 0) {
                    sampler.goBack(checkpoint, parallelism, settings);
                    i = next - 1;
                    latest = latestThen;
                }
            }
            sampler.watermark(latest + 10 * TTL);
            sampler.end();

            boolean exact = inOrder || !settings.deduplicate();
            assertSame("seed %d, %s".formatted(seed, settings), settings, account, sampler, exact);
        }
    }

    /**
     * @param exact whether also duplicates among the late spans are known: those that were read
     *     while their trace was open and not yet late are cut
     */
    private static void assertSame(
            String what,
            SamplingSettings settings,
            PlainAccount account,
            SamplerHarness sampler,
            boolean exact) {
        List<DecisionRecord> records = sampler.records();
        assertThat(records)
                .as(what)
                .filteredOn(record -> record.trigger() != Trigger.LATE)
                .extracting(record -> text(record, settings))
                .containsExactlyInAnyOrderElementsOf(account.records());
        List<Kept> kept = kept(sampler, what);
        List<Kept> expected = new ArrayList<>(account.kept());
        expected.addAll(account.keptLate());
        if (exact) {
            assertThat(records)
                    .as(what)
                    .filteredOn(record -> record.trigger() == Trigger.LATE)
                    .extracting(record -> text(record, settings))
                    .containsExactlyInAnyOrderElementsOf(account.lateRecords());
            assertThat(kept).as(what).containsExactlyInAnyOrderElementsOf(expected);
        } else {
            Set<Kept> once = new HashSet<>(kept);
            assertThat(once).as(what).containsExactlyInAnyOrderElementsOf(new HashSet<>(expected));
            assertThat(kept).as(what).hasSizeBetween(account.kept().size(), expected.size());
        }
        assertThat(sampler.stateEntries()).as(what).isZero();
        assertThat(sampler.timers()).as(what).isZero();
        assertThat(sampler.metric("traces_open")).as(what).isZero();
        assertThat(sampler.metric("buffered_bytes")).as(what).isZero();
        assertThat(sampler.metric("spans_behind_watermark")).as(what).isZero();
    }

    private static List<Kept> kept(SamplerHarness sampler, String what) {
        List<Kept> all = new ArrayList<>();
        for (KeptSpans each : sampler.kept()) {
            List<PlacedSpan> spans = PlacedSpan.of(each.otlp());
            assertThat(spans).as(what).hasSize(each.spans());
            spans.forEach(span -> all.add(kept(each.traceId(), span)));
        }
        return all;
    }

    /** With its scope as it came, and the policy that was stamped on it. */
    private static Kept kept(TraceId traceId, PlacedSpan placed) {
        String policy = null;
        InstrumentationScope.Builder scope = placed.within().getScope().toBuilder();
        int last = scope.getAttributesCount() - 1;
        if (last >= 0 && scope.getAttributes(last).getKey().equals("tailsampling.policy")) {
            policy = scope.getAttributes(last).getValue().getStringValue();
            scope.removeAttributes(last);
        }
        ScopeSpans.Builder within = placed.within().toBuilder().setScope(scope);
        if (scope.getAttributesCount() == 0) {
            within.clearScope();
        }
        return new Kept(
                traceId, policy, new PlacedSpan(placed.under(), within.build(), placed.span()));
    }

    /**
     * @param span of time in which the traces begin, milliseconds
     * @param disorder what is sent is read so many milliseconds later, or less
     */
    private static List<Arrival> arrivals(
            Random random, SamplingSettings settings, int span, int disorder) {
        RandomTraces traces = new RandomTraces(random.nextLong());
        boolean twice = settings.deduplicate() || random.nextInt(4) == 0;
        List<Arrival> arrivals = new ArrayList<>();
        for (int trace = 0; trace < 8; trace++) {
            TraceId traceId = traces.traceId();
            long time = 1_000_000L + random.nextInt(span);
            List<ExportTraceServiceRequest> before = new ArrayList<>();
            for (int parts = 1 + random.nextInt(8); parts > 0; parts--) {
                ExportTraceServiceRequest request = part(random, traces, traceId);
                if (twice && !before.isEmpty() && random.nextInt(3) == 0) {
                    ExportTraceServiceRequest again = before.get(random.nextInt(before.size()));
                    request =
                            random.nextBoolean()
                                    ? again
                                    : request.toBuilder().mergeFrom(again).build();
                }
                before.add(request);
                long read = time + random.nextInt(disorder);
                arrivals.add(new Arrival(time, read, traceId, request));
                time += pause(random);
            }
        }
        return arrivals;
    }

    private static ExportTraceServiceRequest part(
            Random random, RandomTraces traces, TraceId traceId) {
        ExportTraceServiceRequest part = traces.part(traceId);
        if (random.nextInt(4) != 0) {
            return part;
        }
        return part.toBuilder()
                .mergeFrom(
                        Requests.of(
                                Requests.span(traceId, random.nextLong() | 1)
                                        .setStartTimeUnixNano(1_000_000_000_000L)
                                        .setEndTimeUnixNano(1_000_000_000_000L)
                                        .build()))
                .build();
    }

    /** Often at once, and often right at a deadline or the end of a memory. */
    private static long pause(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> ROOT_WAIT + random.nextInt(2);
            case 1 -> WAIT + random.nextInt(2);
            case 2 -> TTL + random.nextInt(2);
            case 3 -> WAIT + TTL + random.nextInt(2);
            case 4 -> 0;
            default -> random.nextInt(20_000);
        };
    }

    private static String text(DecisionRecord record, SamplingSettings settings) {
        return "%s %s by %s, %s %s spans=%d late=%d bytes=%d times=%d-%d first=%d decided=%d for %s%s"
                .formatted(
                        record.traceId(),
                        record.decision().verdict(),
                        record.decision().policy(),
                        record.decision().votes(),
                        record.trigger(),
                        record.spans(),
                        record.lateSpans(),
                        settings.deduplicate() ? 0 : record.bytes(),
                        record.startUnixNano(),
                        record.endUnixNano(),
                        record.firstSeen(),
                        record.decided(),
                        record.adjustedCount(),
                        record.complete() ? "" : " incomplete");
    }
}
