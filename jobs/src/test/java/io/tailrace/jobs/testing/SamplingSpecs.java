package io.tailrace.jobs.testing;

import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.plain.PlainSampler;
import io.tailrace.plain.Sampling;

import java.nio.file.Path;
import java.time.Duration;

/** Specs of tail sampling jobs, as text. */
public final class SamplingSpecs {

    private static final String POLICIES =
            """
              policies:
                - { name: errors, type: status_code, status_code: { status_codes: [ERROR] } }
                - { name: slow, type: latency, latency: { threshold_ms: 500 } }
                - { name: baseline, type: probabilistic, probabilistic: { sampling_percentage: 5 } }
            """;

    private static final String LIMITER =
            """
                - { name: some, type: rate_limiting, rate_limiting: { spans_per_second: %d } }
            """;

    private SamplingSpecs() {}

    /** With the policies that {@link PlainSampler} knows. */
    public static String spec(String name, String source, Sinks sinks, Sampling sampling) {
        String limiter =
                sampling.spansPerSecond() == 0 ? "" : LIMITER.formatted(sampling.spansPerSecond());
        return spec(name, source, sinks, sampling, POLICIES + limiter);
    }

    /** Keeps every trace at its deadline, and all as it came. */
    public static String keepingAll(String name, String source, Sinks sinks, Duration wait) {
        String all =
                """
                  stamp_policy: false
                  policies: [ { name: all, type: always_sample } ]
                """;
        Sampling sampling = Sampling.atDeadline(wait, Duration.ofMinutes(10));
        return spec(name, source, sinks, sampling, all);
    }

    private static String spec(
            String name, String source, Sinks sinks, Sampling sampling, String policies) {
        return """
        kind: tail-sampling
        name: %s
        source: { %s }
        tail_sampling:
          decision_wait: %dms
          decision_ttl: %dms
        %s%s%s"""
                .formatted(
                        name,
                        source,
                        sampling.decisionWait().toMillis(),
                        sampling.decisionTtl().toMillis(),
                        sampling.eager() ? "" : "  eager_release: false\n",
                        policies,
                        sinks.yaml());
    }

    public static String file(Path path, String encoding) {
        return "file: { path: \"%s\", encoding: %s }".formatted(path, encoding);
    }

    /** Reads for about so long, however few or many requests there are. */
    public static String pacedFile(Path path, String encoding, int requests, Duration time) {
        return "file: { path: \"%s\", encoding: %s, rate: %.3f }"
                .formatted(path, encoding, requests * 1000.0 / time.toMillis());
    }

    /** From the earliest to the latest offset at the start of the job. */
    public static String boundedKafka(KafkaBroker broker, KafkaTopic topic, String encoding) {
        return kafka(broker, topic, encoding, "latest");
    }

    public static String kafka(KafkaBroker broker, KafkaTopic topic) {
        return kafka(broker, topic, "otlp_proto", "none");
    }

    private static String kafka(
            KafkaBroker broker, KafkaTopic topic, String encoding, String endingOffsets) {
        return """
        kafka: { bootstrap_servers: "%s", topics: [%s], group_id: "%s", encoding: %s, \
        starting_offsets: earliest, ending_offsets: %s }"""
                .formatted(broker.address(), topic.name(), topic.name(), encoding, endingOffsets);
    }
}
