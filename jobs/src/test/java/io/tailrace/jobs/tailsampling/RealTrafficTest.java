package io.tailrace.jobs.tailsampling;

import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.testing.FileSinks;
import io.tailrace.jobs.testing.KafkaExtension;
import io.tailrace.jobs.testing.KafkaSinks;
import io.tailrace.jobs.testing.PacedTraffic;
import io.tailrace.jobs.testing.RealTraffic;
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
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Both real files, by each source, must be sampled as the plain reading has it. */
@ExtendWith(KafkaExtension.class)
final class RealTrafficTest {

    private static final Duration LONG_WAIT = Duration.ofMinutes(10);
    private static final Duration SHORT_WAIT = Duration.ofSeconds(1);
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final Duration PACED = Duration.ofSeconds(10);
    private static final int MANY = 10_000;

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "ONLINE_BOUTIQUE, 1, true",
        "ONLINE_BOUTIQUE, 2, false",
        "TRAIN_TICKET, 1, false",
        "TRAIN_TICKET, 2, true",
    })
    void keepsWholeTracesOfAFile(RealTraffic real, int parallelism, boolean eager)
            throws Exception {
        assumeTrue(real.isHere());
        PlainSampler plain = PlainSampler.of(real.read().requests(), sampling(LONG_WAIT, eager));

        Sinks sinks =
                runFile(
                        SamplingSpecs.file(real.file(), "otlp_json"),
                        sampling(LONG_WAIT, eager),
                        parallelism);

        assertThat(plain.lateSpans() > 0).as("spans after decisions").isEqualTo(eager);
        sinks.results().assertSame(real + " of a file", plain);
    }

    @ParameterizedTest
    @CsvSource({
        "ONLINE_BOUTIQUE, 1, true",
        "ONLINE_BOUTIQUE, 2, false",
        "TRAIN_TICKET, 1, false",
        "TRAIN_TICKET, 2, true",
    })
    void keepsWholeTracesOfATopic(
            RealTraffic real, int parallelism, boolean eager, KafkaBroker broker) throws Exception {
        assumeTrue(real.isHere());
        Traffic traffic = real.read();

        Sinks sinks = runTopic(traffic, broker, sampling(LONG_WAIT, eager), parallelism);

        sinks.results()
                .assertSame(
                        real + " of Kafka",
                        PlainSampler.of(traffic.requests(), sampling(LONG_WAIT, eager)));
    }

    @ParameterizedTest
    @CsvSource({"ONLINE_BOUTIQUE, 1, false", "TRAIN_TICKET, 2, true"})
    void letsLateSpansOfAFileFollow(RealTraffic real, int parallelism, boolean eager)
            throws Exception {
        assumeTrue(real.isHere());
        PlainSampler plain = PlainSampler.of(real.read().requests(), sampling(SHORT_WAIT, eager));

        Sinks sinks =
                runFile(
                        SamplingSpecs.file(real.file(), "otlp_json"),
                        sampling(SHORT_WAIT, eager),
                        parallelism);

        assertThat(plain.lateSpans()).isGreaterThan(MANY);
        sinks.results().assertSame(real + " of a file", plain);
    }

    @ParameterizedTest
    @CsvSource({"ONLINE_BOUTIQUE, 2, true", "TRAIN_TICKET, 1, false"})
    void letsLateSpansOfASlowFileFollow(RealTraffic real, int parallelism, boolean eager)
            throws Exception {
        assumeTrue(real.isHere());
        Traffic traffic = real.read();
        String source = SamplingSpecs.pacedFile(real.file(), "otlp_json", traffic.size(), PACED);

        Sinks sinks = runFile(source, sampling(SHORT_WAIT, eager), parallelism);

        sinks.results()
                .assertSame(
                        real + " slowly",
                        PlainSampler.of(traffic.requests(), sampling(SHORT_WAIT, eager)));
    }

    @ParameterizedTest
    @CsvSource({"ONLINE_BOUTIQUE, 2, true", "TRAIN_TICKET, 1, false"})
    void letsLateSpansOfATopicFollow(
            RealTraffic real, int parallelism, boolean eager, KafkaBroker broker) throws Exception {
        assumeTrue(real.isHere());
        Traffic traffic = real.read();

        Sinks sinks = runTopic(traffic, broker, sampling(SHORT_WAIT, eager), parallelism);

        PlainSampler plain = PlainSampler.of(traffic.requests(), sampling(SHORT_WAIT, eager));
        assertThat(plain.lateSpans()).isGreaterThan(MANY);
        sinks.results().assertSame(real + " of Kafka", plain);
    }

    @ParameterizedTest
    @CsvSource({"ONLINE_BOUTIQUE, 1, false", "TRAIN_TICKET, 2, true"})
    void letsLateSpansFollowWhileATopicGrows(
            RealTraffic real, int parallelism, boolean eager, KafkaBroker broker) throws Exception {
        assumeTrue(real.isHere());
        Traffic traffic = real.read();
        PlainSampler plain = PlainSampler.of(traffic.requests(), sampling(SHORT_WAIT, eager));
        KafkaTopic topic = broker.topic("growing", 4);
        KafkaSinks sinks = KafkaSinks.of(broker, "at_least_once");
        String spec =
                SamplingSpecs.spec(
                        "growing",
                        SamplingSpecs.kafka(broker, topic),
                        sinks,
                        sampling(SHORT_WAIT, eager));

        try (SamplingRun run = SamplingRun.start(spec, folder, parallelism);
                PacedTraffic paced = new PacedTraffic(traffic, topic, PACED)) {
            await().atMost(PACED.plusSeconds(120)).until(paced::isSent);
            paced.end(SHORT_WAIT, TTL);
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> sinks.decisions().recordsSoFar() >= plain.decisions().size());
            run.stop();
        }

        sinks.results().assertSame(real + " of growing Kafka", plain);
    }

    private static Sampling sampling(Duration wait, boolean eager) {
        return eager ? Sampling.eager(wait, TTL) : Sampling.atDeadline(wait, TTL);
    }

    private Sinks runFile(String source, Sampling sampling, int parallelism) throws Exception {
        Sinks sinks = new FileSinks(folder.resolve("out"));
        SamplingRun.toEnd(SamplingSpecs.spec("file", source, sinks, sampling), folder, parallelism);
        return sinks;
    }

    private Sinks runTopic(Traffic traffic, KafkaBroker broker, Sampling sampling, int parallelism)
            throws Exception {
        KafkaTopic topic = broker.topic("requests", 4);
        traffic.sendTo(topic);
        Sinks sinks = KafkaSinks.of(broker, "at_least_once");
        String source = SamplingSpecs.boundedKafka(broker, topic, "otlp_proto");
        SamplingRun.toEnd(
                SamplingSpecs.spec("topic", source, sinks, sampling), folder, parallelism);
        return sinks;
    }
}
