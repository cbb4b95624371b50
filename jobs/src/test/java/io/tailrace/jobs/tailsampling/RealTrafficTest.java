package io.tailrace.jobs.tailsampling;

import io.tailrace.jobs.testing.FileSinks;
import io.tailrace.jobs.testing.KafkaBroker;
import io.tailrace.jobs.testing.KafkaExtension;
import io.tailrace.jobs.testing.KafkaSinks;
import io.tailrace.jobs.testing.KafkaTopic;
import io.tailrace.jobs.testing.PacedTraffic;
import io.tailrace.jobs.testing.PlainSampler;
import io.tailrace.jobs.testing.RealTraffic;
import io.tailrace.jobs.testing.SamplingRun;
import io.tailrace.jobs.testing.SamplingSpecs;
import io.tailrace.jobs.testing.Sinks;
import io.tailrace.jobs.testing.Traffic;
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
        "ONLINE_BOUTIQUE, 1",
        "ONLINE_BOUTIQUE, 2",
        "TRAIN_TICKET, 1",
        "TRAIN_TICKET, 2",
    })
    void keepsWholeTracesOfAFile(RealTraffic real, int parallelism) throws Exception {
        assumeTrue(real.isHere());
        PlainSampler plain = PlainSampler.of(real.read(), LONG_WAIT, TTL);

        Sinks sinks = runFile(SamplingSpecs.file(real.file(), "otlp_json"), LONG_WAIT, parallelism);

        assertThat(plain.lateSpans()).isZero();
        plain.assertSame(real + " of a file", sinks.results());
    }

    @ParameterizedTest
    @CsvSource({
        "ONLINE_BOUTIQUE, 1",
        "ONLINE_BOUTIQUE, 2",
        "TRAIN_TICKET, 1",
        "TRAIN_TICKET, 2",
    })
    void keepsWholeTracesOfATopic(RealTraffic real, int parallelism, KafkaBroker broker)
            throws Exception {
        assumeTrue(real.isHere());
        Traffic traffic = real.read();

        Sinks sinks = runTopic(traffic, broker, LONG_WAIT, parallelism);

        PlainSampler.of(traffic, LONG_WAIT, TTL).assertSame(real + " of Kafka", sinks.results());
    }

    @ParameterizedTest
    @CsvSource({"ONLINE_BOUTIQUE, 1", "TRAIN_TICKET, 2"})
    void letsLateSpansOfAFileFollow(RealTraffic real, int parallelism) throws Exception {
        assumeTrue(real.isHere());
        PlainSampler plain = PlainSampler.of(real.read(), SHORT_WAIT, TTL);

        Sinks sinks =
                runFile(SamplingSpecs.file(real.file(), "otlp_json"), SHORT_WAIT, parallelism);

        assertThat(plain.lateSpans()).isGreaterThan(MANY);
        plain.assertSame(real + " of a file", sinks.results());
    }

    @ParameterizedTest
    @CsvSource({"ONLINE_BOUTIQUE, 2", "TRAIN_TICKET, 1"})
    void letsLateSpansOfASlowFileFollow(RealTraffic real, int parallelism) throws Exception {
        assumeTrue(real.isHere());
        Traffic traffic = real.read();
        String source = SamplingSpecs.pacedFile(real.file(), "otlp_json", traffic.size(), PACED);

        Sinks sinks = runFile(source, SHORT_WAIT, parallelism);

        PlainSampler.of(traffic, SHORT_WAIT, TTL).assertSame(real + " slowly", sinks.results());
    }

    @ParameterizedTest
    @CsvSource({"ONLINE_BOUTIQUE, 2", "TRAIN_TICKET, 1"})
    void letsLateSpansOfATopicFollow(RealTraffic real, int parallelism, KafkaBroker broker)
            throws Exception {
        assumeTrue(real.isHere());
        Traffic traffic = real.read();

        Sinks sinks = runTopic(traffic, broker, SHORT_WAIT, parallelism);

        PlainSampler plain = PlainSampler.of(traffic, SHORT_WAIT, TTL);
        assertThat(plain.lateSpans()).isGreaterThan(MANY);
        plain.assertSame(real + " of Kafka", sinks.results());
    }

    @ParameterizedTest
    @CsvSource({"ONLINE_BOUTIQUE, 1", "TRAIN_TICKET, 2"})
    void letsLateSpansFollowWhileATopicGrows(RealTraffic real, int parallelism, KafkaBroker broker)
            throws Exception {
        assumeTrue(real.isHere());
        Traffic traffic = real.read();
        PlainSampler plain = PlainSampler.of(traffic, SHORT_WAIT, TTL);
        KafkaTopic topic = broker.topic("growing", 4);
        KafkaSinks sinks = KafkaSinks.of(broker, "at_least_once");
        String spec =
                SamplingSpecs.spec(
                        "growing", SamplingSpecs.kafka(broker, topic), sinks, SHORT_WAIT, TTL);

        try (SamplingRun run = SamplingRun.start(spec, folder, parallelism);
                PacedTraffic paced = new PacedTraffic(traffic, topic, PACED)) {
            await().atMost(PACED.plusSeconds(30)).until(paced::isSent);
            paced.end(SHORT_WAIT, TTL);
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> sinks.decisions().recordsSoFar() >= plain.decisions().size());
            run.stop();
        }

        plain.assertSame(real + " of growing Kafka", sinks.results());
    }

    private Sinks runFile(String source, Duration wait, int parallelism) throws Exception {
        Sinks sinks = new FileSinks(folder.resolve("out"));
        SamplingRun.toEnd(
                SamplingSpecs.spec("file", source, sinks, wait, TTL), folder, parallelism);
        return sinks;
    }

    private Sinks runTopic(Traffic traffic, KafkaBroker broker, Duration wait, int parallelism)
            throws Exception {
        KafkaTopic topic = broker.topic("requests", 4);
        traffic.sendTo(topic);
        Sinks sinks = KafkaSinks.of(broker, "at_least_once");
        String source = SamplingSpecs.boundedKafka(broker, topic, "otlp_proto");
        SamplingRun.toEnd(
                SamplingSpecs.spec("topic", source, sinks, wait, TTL), folder, parallelism);
        return sinks;
    }
}
