package io.tailrace.jobs.tailsampling;

import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.testing.FileSinks;
import io.tailrace.jobs.testing.KafkaExtension;
import io.tailrace.jobs.testing.KafkaSinks;
import io.tailrace.jobs.testing.RandomTraffic;
import io.tailrace.jobs.testing.SamplingRun;
import io.tailrace.jobs.testing.SamplingSpecs;
import io.tailrace.jobs.testing.Sinks;
import io.tailrace.jobs.testing.Traffic;
import io.tailrace.plain.PlainSampler;
import io.tailrace.plain.Sampling;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Traffic that was made up must be sampled as the plain reading has it: with late spans, and with
 * traces that come again after their decision is forgotten.
 */
@ExtendWith(KafkaExtension.class)
final class RandomTrafficTest {

    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration TTL = Duration.ofSeconds(4);
    private static final int TRACES = 1_500;

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"1, 1, false", "2, 2, true"})
    void samplesAFile(long seed, int parallelism, boolean eager) throws Exception {
        Traffic traffic = RandomTraffic.of(seed, TRACES);
        traffic.writeTo(folder.resolve("requests"));
        String source = SamplingSpecs.file(folder.resolve("requests"), "otlp_proto");

        Sinks sinks =
                run(source, new FileSinks(folder.resolve("out")), parallelism, sampling(eager));

        sinks.results().assertSame("seed " + seed, plainOf(traffic, sampling(eager)));
    }

    @ParameterizedTest
    @CsvSource({"3, 2, true", "4, 1, false"})
    void samplesASlowFile(long seed, int parallelism, boolean eager) throws Exception {
        Traffic traffic = RandomTraffic.of(seed, TRACES);
        traffic.writeTo(folder.resolve("requests"));
        String source =
                SamplingSpecs.pacedFile(
                        folder.resolve("requests"),
                        "otlp_proto",
                        traffic.size(),
                        Duration.ofSeconds(4));

        Sinks sinks =
                run(source, new FileSinks(folder.resolve("out")), parallelism, sampling(eager));

        sinks.results().assertSame("seed " + seed, plainOf(traffic, sampling(eager)));
    }

    @ParameterizedTest
    @CsvSource({"5, 1, true", "6, 2, true", "7, 2, false"})
    void samplesATopic(long seed, int parallelism, boolean eager, KafkaBroker broker)
            throws Exception {
        Traffic traffic = RandomTraffic.of(seed, TRACES);
        KafkaTopic topic = broker.topic("requests", 4);
        traffic.sendTo(topic);
        String source = SamplingSpecs.boundedKafka(broker, topic, "otlp_proto");

        Sinks sinks =
                run(source, KafkaSinks.of(broker, "at_least_once"), parallelism, sampling(eager));

        sinks.results().assertSame("seed " + seed, plainOf(traffic, sampling(eager)));
    }

    private Sinks run(String source, Sinks sinks, int parallelism, Sampling sampling)
            throws Exception {
        SamplingRun.toEnd(
                SamplingSpecs.spec("random", source, sinks, sampling), folder, parallelism);
        return sinks;
    }

    @ParameterizedTest
    @CsvSource({"8, true", "9, false"})
    void limitsTheRateOfWhatNoOtherPolicyKeeps(long seed, boolean eager, KafkaBroker broker)
            throws Exception {
        Traffic traffic = RandomTraffic.of(seed, TRACES);
        KafkaTopic topic = broker.topic("requests", 4);
        traffic.sendTo(topic);
        String source = SamplingSpecs.boundedKafka(broker, topic, "otlp_proto");
        Sampling limited = sampling(eager).limited(30);

        Sinks sinks = run(source, KafkaSinks.of(broker, "at_least_once"), 1, limited);

        PlainSampler plain = plainOf(traffic, limited);
        assertThat(plain.keptBy("some")).isBetween(TRACES / 10L, TRACES / 2L);
        sinks.results().assertSame("seed " + seed, plain);
    }

    private static Sampling sampling(boolean eager) {
        return eager ? Sampling.eager(WAIT, TTL) : Sampling.atDeadline(WAIT, TTL);
    }

    /** What is to be tested must be in the traffic. */
    private static PlainSampler plainOf(Traffic traffic, Sampling sampling) {
        PlainSampler plain = PlainSampler.of(traffic.requests(), sampling);
        long first = plain.decisions().stream().filter(line -> !line.late()).count();
        assertThat(plain.lateSpans()).isGreaterThan(500);
        assertThat(first).as("decisions, of %d traces", TRACES).isGreaterThan(TRACES + 100);
        assertThat(plain.early() > 100).as("many decided early").isEqualTo(sampling.eager());
        return plain;
    }
}
