package io.tailrace.jobs.cli;

import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.testing.FileSinks;
import io.tailrace.jobs.testing.KafkaExtension;
import io.tailrace.jobs.testing.RandomTraffic;
import io.tailrace.jobs.testing.SamplingSpecs;
import io.tailrace.jobs.testing.Traffic;
import io.tailrace.plain.PlainSampler;
import io.tailrace.plain.Sampling;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Previews of what topics hold. */
@ExtendWith(KafkaExtension.class)
class KafkaPreviewTest {

    private static final Sampling SAMPLING =
            Sampling.atDeadline(Duration.ofSeconds(2), Duration.ofSeconds(6));

    @TempDir private Path folder;

    private final PreviewRuns previews = new PreviewRuns();

    private Path spec(String source) throws IOException {
        String text =
                SamplingSpecs.spec(
                        "shop", source, new FileSinks(folder.resolve("written")), SAMPLING);
        return Files.writeString(folder.resolve("shop.yaml"), text);
    }

    @Test
    void aTopicIsReadToItsEndWithoutATrace(KafkaBroker broker) throws Exception {
        Traffic traffic = RandomTraffic.of(21, 800);
        KafkaTopic topic = broker.topic("previewed", 3);
        traffic.sendTo(topic);
        List<String> groups = groups(broker);

        String table =
                previews.good(
                        "preview", spec(SamplingSpecs.kafka(broker, topic)).toString(), "--kafka");

        PreviewTable.of(table)
                .assertIs(PlainPreview.of(traffic, PlainSampler.of(traffic.requests(), SAMPLING)));
        assertThat(groups(broker)).isEqualTo(groups).doesNotContain(topic.name());
        assertThat(folder.resolve("written")).doesNotExist();
    }

    private static List<String> groups(KafkaBroker broker) throws Exception {
        try (Admin admin =
                Admin.create(
                        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.address()))) {
            return admin.listGroups().all().get().stream()
                    .map(GroupListing::groupId)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aSpecOfAnotherSourceIsGivenBrokersAndTopic(KafkaBroker broker) throws Exception {
        Traffic traffic = RandomTraffic.of(22, 100);
        KafkaTopic topic = broker.topic("named", 1);
        traffic.sendTo(topic);

        String table =
                previews.good(
                        "preview",
                        spec("generator: {}").toString(),
                        "--kafka",
                        "--brokers",
                        broker.address(),
                        "--topic",
                        topic.name());

        PreviewTable.of(table)
                .assertIs(PlainPreview.of(traffic, PlainSampler.of(traffic.requests(), SAMPLING)));
    }

    @Test
    void aTopicTakesThePlaceOfAPattern(KafkaBroker broker) throws Exception {
        Traffic traffic = RandomTraffic.of(24, 100);
        KafkaTopic topic = broker.topic("instead", 1);
        traffic.sendTo(topic);
        String source =
                """
                kafka: { bootstrap_servers: "%s", topic_pattern: "others-.*", encoding: otlp_proto }"""
                        .formatted(broker.address());

        String table =
                previews.good(
                        "preview", spec(source).toString(), "--kafka", "--topic", topic.name());

        PreviewTable.of(table)
                .assertIs(PlainPreview.of(traffic, PlainSampler.of(traffic.requests(), SAMPLING)));
    }

    @Test
    void mistakesInTheSpecsOwnSourceAreTold() throws Exception {
        String spec = spec("kafka: { max_record_bytes: much, encodin: otlp_proto }").toString();

        for (String[] more : List.of(new String[0], new String[] {"--topic", "spans"})) {
            String[] arguments =
                    Stream.concat(Stream.of("preview", spec, "--kafka"), Stream.of(more))
                            .toArray(String[]::new);
            assertThat(previews.run(arguments)).isEqualTo(2);
            assertThat(previews.err())
                    .contains("source.kafka.max_record_bytes", "\"encoding\"", "2 mistakes");
        }
    }

    @Test
    void whatIsOlderIsLeftOut(KafkaBroker broker) throws Exception {
        Traffic traffic = RandomTraffic.of(23, 100);
        KafkaTopic topic = broker.topic("old", 1);
        traffic.sendTo(topic);
        long now = System.currentTimeMillis();
        byte[] request = traffic.requests().get(0).otlp().toByteArray();
        topic.send(0, now, request);
        topic.flush();

        String json =
                previews.good(
                        "preview",
                        spec(SamplingSpecs.kafka(broker, topic)).toString(),
                        "--kafka",
                        "--since=1h",
                        "--json");

        assertThat(PreviewRuns.json(json).path("read").path("bytes").asLong())
                .isPositive()
                .isLessThanOrEqualTo(2L * request.length);
    }

    @Test
    void aTopicWithoutRecordsIsTold(KafkaBroker broker) throws Exception {
        KafkaTopic topic = broker.topic("empty", 2);

        int code =
                previews.run(
                        "preview", spec(SamplingSpecs.kafka(broker, topic)).toString(), "--kafka");

        assertThat(code).isEqualTo(1);
        assertThat(previews.err().lines())
                .singleElement()
                .asString()
                .contains("no records", topic.name());
    }
}
