package io.tailrace.bench.kafka;

import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.bench.measure.BenchCluster;
import io.tailrace.bench.measure.MeasuredPart;
import io.tailrace.bench.measure.Run;
import io.tailrace.bench.sampling.SamplingPipeline;
import io.tailrace.bench.workload.RequestPool;
import io.tailrace.jobs.source.RequestSource;
import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.tailsampling.TailSamplingJob;
import io.tailrace.jobs.tailsampling.TailSamplingSpec;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Runs one mode once over the topic, from its begin. */
final class KafkaRun {

    private static final String SPEC =
            """
            kind: tail-sampling
            name: bench
            source:
              kafka:
                bootstrap_servers: "%1$s"
                topics: [%2$s]
                group_id: "%3$s"
                starting_offsets: earliest
            tail_sampling:
              decision_wait: %4$dms
              decision_ttl: 10m
              policies:
                - { name: errors, type: status_code, status_code: { status_codes: [ERROR] } }
                - { name: slow, type: latency, latency: { threshold_ms: 1000 } }
                - name: customers
                  type: string_attribute
                  string_attribute: { key: app.customer.tier, values: [enterprise] }
                - { name: baseline, type: probabilistic, probabilistic: { sampling_percentage: 3 } }
            sinks:
              spans: [ { kafka: { topic: %5$s, guarantee: exactly_once } } ]
              decisions: [ { kafka: { topic: %6$s } } ]
              dead_letters: [ { kafka: { topic: %7$s } } ]
            """;

    /** The shares of the topic's spans at which the measured part begins and ends at the latest. */
    private static final double BEGIN = 0.2;

    private static final double END = 0.97;
    private static final long POLL_MILLIS = 10;

    private final FilledBroker broker;
    private final RequestPool pool;
    private final Duration decisionWait;
    private final Duration most;

    /**
     * @param most how long is measured at most
     */
    KafkaRun(FilledBroker broker, RequestPool pool, Duration decisionWait, Duration most) {
        this.broker = broker;
        this.pool = pool;
        this.decisionWait = decisionWait;
        this.most = most;
    }

    /**
     * @return spans a second, by the job's own counters
     */
    double run(KafkaMode mode, MeasuredPart part) throws IOException, InterruptedException {
        TailSamplingSpec spec = spec();
        Map<String, String> flink =
                Map.of(CoreOptions.DEFAULT_PARALLELISM.key(), Integer.toString(pool.lanes()));
        try (Run run = new Run(pool);
                BenchCluster cluster =
                        new BenchCluster(flink, env -> define(env, mode, spec, run))) {
            long first = await(cluster, (long) (BEGIN * broker.filled()), Long.MAX_VALUE);
            part.begin();
            long begun = System.nanoTime();
            long last = await(cluster, (long) (END * broker.filled()), begun + most.toNanos());
            double seconds = (System.nanoTime() - begun) / 1e9;
            part.end();
            return (last - first) / seconds;
        }
    }

    private static void define(
            StreamExecutionEnvironment env, KafkaMode mode, TailSamplingSpec spec, Run run) {
        switch (mode) {
            case PASS_THROUGH ->
                    SamplingPipeline.passThrough(
                            RequestSource.requests(env, spec.source()), spec.tailSampling(), run);
            case KAFKA_TO_KAFKA -> TailSamplingJob.define(env, spec);
        }
    }

    /** Waits for so many spans, or for a moment; gives how many there are then. */
    private static long await(BenchCluster cluster, long spans, long end)
            throws IOException, InterruptedException {
        long now = cluster.spansIn();
        while (now < spans && System.nanoTime() - end < 0) {
            Thread.sleep(POLL_MILLIS);
            cluster.check();
            now = cluster.spansIn();
        }
        return now;
    }

    private TailSamplingSpec spec() throws IOException, InterruptedException {
        String text =
                SPEC.formatted(
                        broker.address(),
                        broker.spans().name(),
                        UUID.randomUUID(),
                        decisionWait.toMillis(),
                        broker.topic("otlp_spans_sampled", pool.lanes()).name(),
                        broker.topic("tailrace_decisions", pool.lanes()).name(),
                        broker.topic("tailrace_dead_letters", 1).name());
        return SpecReader.read("bench", text, TailSamplingSpec.class, List.of(), Map.of()).value();
    }
}
