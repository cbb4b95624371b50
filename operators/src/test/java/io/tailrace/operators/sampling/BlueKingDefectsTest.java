package io.tailrace.operators.sampling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.operators.sampling.bk.BkCondition;
import io.tailrace.operators.sampling.bk.BkCondition.Join;
import io.tailrace.operators.sampling.bk.BkCondition.Method;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.sampling.policy.And;
import io.tailrace.operators.sampling.policy.BkConditions;
import io.tailrace.operators.sampling.policy.Latency;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.Policy;
import io.tailrace.operators.sampling.policy.SubPolicy;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.bkjson.BkJsonWriter;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

/** What BlueKing's own sampler is known to get wrong, one test for each defect. */
class BlueKingDefectsTest {

    private static final TraceId TRACE = new TraceId(1, 1);
    private static final BkCondition FAILED = condition(Join.AND, "status.code", Method.EQ, "2");
    private static final long TTL = 60_000;

    private static BkCondition condition(Join join, String key, Method method, String value) {
        return new BkCondition(join, key, method, List.of(value));
    }

    private static Policy policy(BkCondition... conditions) {
        return new BkConditions(List.of(conditions), 0);
    }

    private static TestSettings settings(Policy policy) {
        return TestSettings.with(List.of(new NamedPolicy("bk", policy)))
                .decisionTtl(Duration.ofMillis(TTL))
                .decisionWaitAfterRootReceived(null);
    }

    private static Span.Builder fine(long id) {
        return Requests.child(TRACE, id);
    }

    private static Span.Builder failed(long id) {
        return fine(id).setStatus(Status.newBuilder().setCodeValue(2));
    }

    private static TraceChunk chunk(
            SamplingSettings settings, long arrival, Span.Builder... spans) {
        Span[] built = new Span[spans.length];
        for (int i = 0; i < spans.length; i++) {
            built[i] = spans[i].build();
        }
        return new Chunks(settings).of(Requests.of(built), arrival).get(0);
    }

    private static SamplerHarness sampler(SamplingSettings settings) throws Exception {
        return new SamplerHarness(SamplerHarness.Backend.ROCKSDB, settings);
    }

    @Test
    void conditionsJoinedByOrOfWhichNothingMatchesKeepNothing() throws Exception {
        SamplingSettings settings =
                settings(policy(FAILED, condition(Join.OR, "span_name", Method.EQ, "nobody")))
                        .make();
        try (SamplerHarness sampler = sampler(settings)) {
            for (long id = 1; id <= 100; id++) {
                sampler.send(chunk(settings, 100_000, fine(id)));
            }
            sampler.end();

            assertThat(sampler.kept()).isEmpty();
        }
    }

    @Test
    void whatIsBufferedOfATraceThatIsNotKeptIsBounded() throws Exception {
        SamplingSettings settings = settings(policy(FAILED)).maxSpansPerTrace(3).make();
        try (SamplerHarness sampler = sampler(settings)) {
            for (long id = 1; id <= 1000; id++) {
                sampler.send(chunk(settings, 100_000 + id, fine(id)));

                assertThat(sampler.metric("buffered_bytes"))
                        .isLessThan(3L * chunk(settings, 0, fine(1000)).otlp().length);
            }
        }
    }

    @Test
    void everySpanKeepsItsOwnTimes() throws Exception {
        SamplingSettings settings = settings(policy(FAILED)).make();
        try (SamplerHarness sampler = sampler(settings)) {
            for (long id = 1; id <= 3; id++) {
                Span.Builder span = id == 3 ? failed(id) : fine(id);
                long start = 1_700_000_000_000_000_000L + id * 60_000_000_000L;
                span.setStartTimeUnixNano(start).setEndTimeUnixNano(start + id * 1_000_000);
                sampler.send(chunk(settings, 100_000 + id, span));
            }
            sampler.end();

            byte[] rows = new BkJsonWriter().write(sampler.kept().get(0).otlp());
            Set<String> times = new HashSet<>();
            for (JsonNode row : new ObjectMapper().readTree(rows).get("items")) {
                long id = Long.parseLong(row.get("span_id").textValue(), 16);
                long start = 1_700_000_000_000_000L + id * 60_000_000L;
                assertThat(row.get("start_time").longValue()).isEqualTo(start);
                assertThat(row.get("end_time").longValue()).isEqualTo(start + id * 1000);
                times.add(row.get("time").asText());
            }
            assertThat(times).hasSize(3);
        }
    }

    @Test
    void aTraceThatReachesTheCapIsNotForgotten() throws Exception {
        SamplingSettings settings = settings(policy(FAILED)).maxSpansPerTrace(3).make();
        try (SamplerHarness sampler = sampler(settings)) {
            sampler.send(chunk(settings, 100_000, fine(1), fine(2), failed(3)));
            sampler.send(chunk(settings, 100_001, fine(4)));
            sampler.send(chunk(settings, 110_000, fine(5)));
            sampler.end();

            assertThat(sampler.kept()).extracting(KeptSpans::spans).containsExactly(3, 1, 1);
            assertThat(sampler.records())
                    .extracting(DecisionRecord::trigger, DecisionRecord::sampled)
                    .containsExactly(tuple(Trigger.SPAN_LIMIT, true), tuple(Trigger.LATE, true));
        }
    }

    @Test
    void aSpanPastTheMemoryOfADecisionIsDecidedAnew() throws Exception {
        SamplingSettings settings = settings(policy(FAILED)).make();
        try (SamplerHarness sampler = sampler(settings)) {
            sampler.send(chunk(settings, 100_000, failed(1)));
            sampler.watermark(130_000 + TTL);
            sampler.send(chunk(settings, 130_001 + TTL, failed(2)));
            sampler.send(chunk(settings, 130_002 + TTL, fine(3)));
            sampler.end();

            assertThat(sampler.kept()).extracting(KeptSpans::spans).containsExactly(1, 2);
        }
    }

    @Test
    void everyTraceEndsAndIsJudgedAsAWhole() throws Exception {
        Policy slowAndFailed =
                new And(
                        List.of(
                                new SubPolicy("failed", policy(FAILED)),
                                new SubPolicy("slow", new Latency(500, 0))));
        SamplingSettings settings = settings(slowAndFailed).make();
        long start = 1_700_000_000_000_000_000L;
        try (SamplerHarness sampler = sampler(settings)) {
            sampler.send(
                    chunk(
                            settings,
                            100_000,
                            failed(1).setStartTimeUnixNano(start).setEndTimeUnixNano(start)));
            sampler.send(
                    chunk(
                            settings,
                            100_001,
                            fine(2).setStartTimeUnixNano(start)
                                    .setEndTimeUnixNano(start + 501_000_000)));
            sampler.watermark(130_000);
            assertThat(sampler.kept()).extracting(KeptSpans::spans).containsExactly(2);

            sampler.watermark(130_000 + TTL);
            sampler.sliceLater();
            assertThat(sampler.stateEntries()).isZero();
            assertThat(sampler.timers()).isZero();
        }
    }

    @Test
    void decidingReadsNoSpanAgain() throws Exception {
        SamplingSettings settings =
                settings(policy(FAILED, condition(Join.AND, "span_name", Method.REG, ".*")))
                        .dryRun()
                        .make();
        TraceChunk chunk = chunk(settings, 100_000, failed(1));
        byte[] unreadable = new byte[chunk.otlp().length];
        try (SamplerHarness sampler = sampler(settings)) {
            sampler.send(
                    new TraceChunk(
                            TRACE,
                            chunk.arrival(),
                            unreadable,
                            chunk.evidence(),
                            chunk.fingerprint(),
                            chunk.spanIds()));
            sampler.end();

            assertThat(sampler.records()).singleElement().matches(DecisionRecord::sampled);
        }
    }

    @Test
    void aShareMayBeAFractionOfAPercent() throws Exception {
        SamplingSettings settings = settings(new BkConditions(List.of(), 0.25)).make();
        Random random = new Random(1);
        Chunks chunks = new Chunks(settings);
        try (SamplerHarness sampler =
                new SamplerHarness(SamplerHarness.Backend.HASHMAP, settings)) {
            for (int i = 0; i < 20_000; i++) {
                TraceId traceId = new TraceId(random.nextLong(), random.nextLong());
                sampler.send(
                        chunks.of(Requests.of(Requests.span(traceId, 1).build()), 100_000).get(0));
            }
            sampler.end();

            assertThat(sampler.kept()).hasSizeBetween(25, 80);
        }
    }
}
