package io.tailrace.operators.sampling;

import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.sampling.SamplerHarness.Backend;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.RateLimiting;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** What a budget of spans lets through where the sampler runs. */
class LimitedSamplerTest {

    private static final long WAIT = 30_000;

    /** One life of a trace. */
    private record Life(long arrival, TraceId traceId, int spans) {

        String name() {
            return traceId + " of " + arrival;
        }
    }

    private static SamplingSettings settings(int rate, int burst, Duration ttl) {
        return TestSettings.with(List.of(new NamedPolicy("rate", new RateLimiting(rate, burst))))
                .decisionWait(Duration.ofMillis(WAIT))
                .decisionTtl(ttl)
                .make();
    }

    @Test
    void spendsInOrderOfDeadlineAndTraceIdHoweverRecordsAndWatermarksCome() throws Exception {
        int kept = 0;
        int all = 0;
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            int rate = 1 + random.nextInt(10);
            int burst = 5 + random.nextInt(20);
            List<Life> lives = lives(random);
            Set<String> expected = account(lives, rate, burst);
            SamplingSettings settings = settings(rate, burst, Duration.ZERO);

            try (SamplerHarness sampler = new SamplerHarness(Backend.HASHMAP, settings)) {
                Chunks chunks = new Chunks(settings);
                Collections.shuffle(lives, random);
                for (Life each : lives) {
                    sampler.send(chunk(chunks, each));
                }
                long time = 0;
                // From a watermark for nearly every millisecond to none before the end.
                int step = 1 << random.nextInt(20);
                while (step < 1 << 18 && time < 4 * WAIT) {
                    time += 1 + random.nextInt(step);
                    sampler.watermark(time);
                    if (step > 1000 && random.nextInt(10) == 0) {
                        // There and back, with what is left split and put together.
                        sampler.restart(1 + random.nextInt(4), settings);
                        sampler.restart(1, settings);
                    }
                }
                sampler.end();

                List<DecisionRecord> records = sampler.records();
                assertThat(records).as("seed %d", seed).hasSameSizeAs(lives);
                Set<String> sampled = new TreeSet<>();
                records.stream()
                        .filter(DecisionRecord::sampled)
                        .forEach(each -> sampled.add(each.traceId() + " of " + each.firstSeen()));
                assertThat(sampled).as("seed %d", seed).isEqualTo(expected);
                assertThat(sampler.stateEntries()).as("seed %d", seed).isZero();
            }
            kept += expected.size();
            all += lives.size();
        }
        assertThat(kept).isBetween(all / 10, 9 * all / 10);
    }

    /** Many due at the same time; without memory some traces have a second and a third life. */
    private static List<Life> lives(Random random) {
        List<Life> lives = new ArrayList<>();
        for (int trace = 0; trace < 20; trace++) {
            TraceId traceId = new TraceId(random.nextLong(), random.nextLong());
            long arrival = 125L * random.nextInt(4);
            for (int count = 1 + random.nextInt(3); count > 0; count--) {
                lives.add(new Life(arrival, traceId, 1 + random.nextInt(8)));
                // In eighths of a second no sum is rounded.
                arrival += WAIT + 125L * (1 + random.nextInt(3));
            }
        }
        return lives;
    }

    private static Set<String> account(List<Life> lives, int rate, int burst) {
        List<Life> inOrder = new ArrayList<>(lives);
        inOrder.sort(
                Comparator.comparingLong(Life::arrival)
                        .thenComparing(each -> each.traceId().toString()));
        Set<String> kept = new TreeSet<>();
        double content = burst;
        long time = inOrder.get(0).arrival();
        for (Life each : inOrder) {
            content = Math.min(burst, content + rate * (each.arrival() - time) / 1000.0);
            time = each.arrival();
            if (content > 0 && each.spans() <= burst) {
                content -= each.spans();
                kept.add(each.name());
            }
        }
        return kept;
    }

    private static TraceChunk chunk(Chunks chunks, Life life) {
        Span[] spans = new Span[life.spans()];
        for (int i = 0; i < spans.length; i++) {
            spans[i] = Requests.child(life.traceId(), i + 1L).build();
        }
        return chunks.of(Requests.of(spans), life.arrival()).get(0);
    }

    @Test
    void spendsNoMoreAndNoLessWhereItIsRescaled() throws Exception {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int rate = 20;
            int burst = 200;
            SamplingSettings settings = settings(rate, burst, Duration.ofMillis(1));
            Set<Integer> parallelisms = new HashSet<>();
            try (SamplerHarness sampler = new SamplerHarness(Backend.HASHMAP, settings)) {
                Chunks chunks = new Chunks(settings);
                long time = 1_000_000;
                long from = time;
                int largest = 8;
                // Demand is four times the rate.
                while (time < from + 400_000) {
                    time += random.nextInt(112);
                    TraceId traceId = new TraceId(random.nextLong(), random.nextLong());
                    sampler.send(
                            chunk(chunks, new Life(time, traceId, 1 + random.nextInt(largest))));
                    if (random.nextInt(20) == 0) {
                        sampler.watermark(time);
                    }
                    if (random.nextInt(300) == 0) {
                        int parallelism = 1 + random.nextInt(8);
                        parallelisms.add(parallelism);
                        sampler.restart(parallelism, settings);
                    }
                }
                sampler.end();

                double income = rate * (time - from) / 1000.0;
                assertThat((double) spent(sampler))
                        .as("seed %d", seed)
                        .isBetween(0.97 * income, income + burst + 8.0 * largest);
                assertThat(parallelisms).hasSizeGreaterThan(4);
            }
        }
    }

    @Test
    void hasTheWholeBurstAfterAPauseThatARescalingFallsInto() throws Exception {
        SamplingSettings settings = settings(10, 100, Duration.ofMillis(1));
        for (int parallelism = 1; parallelism <= 8; parallelism++) {
            try (SamplerHarness sampler = new SamplerHarness(Backend.HASHMAP, settings)) {
                Chunks chunks = new Chunks(settings);
                Random random = new Random(parallelism);
                int first = spend(sampler, chunks, random, 1_000_000);
                // Five seconds fill it by half.
                int half = spend(sampler, chunks, random, 1_005_000);
                sampler.restart(parallelism, settings);
                int whole = spend(sampler, chunks, random, 1_100_000);

                assertThat(first).isEqualTo(100);
                assertThat(half).isEqualTo(50);
                assertThat(whole).as("at %d", parallelism).isBetween(100, 100 + parallelism);
            }
        }
    }

    /** Has so many traces of one span at once that all is spent. */
    private static int spend(SamplerHarness sampler, Chunks chunks, Random random, long arrival)
            throws Exception {
        int before = spent(sampler);
        for (int i = 0; i < 400; i++) {
            TraceId traceId = new TraceId(random.nextLong(), random.nextLong());
            sampler.send(chunk(chunks, new Life(arrival, traceId, 1)));
        }
        sampler.watermark(arrival + WAIT + 10);
        return spent(sampler) - before;
    }

    private static int spent(SamplerHarness sampler) {
        return sampler.records().stream()
                .filter(each -> each.sampled() && each.trigger() != Trigger.LATE)
                .mapToInt(DecisionRecord::spans)
                .sum();
    }
}
