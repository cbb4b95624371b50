package io.tailrace.jobs.cli;

import io.tailrace.broker.KafkaBroker;
import io.tailrace.jobs.testing.KafkaExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What is told before a job starts that could only fail. */
@ExtendWith(KafkaExtension.class)
class KafkaReachTest {

    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @Test
    void aTopicThatIsNotThereIsToldWithThoseThatAre(KafkaBroker broker) throws Exception {
        String there = broker.topic("there", 1).name();
        String source =
                "{ kafka: { bootstrap_servers: \"%s\", topics: [missing] } }"
                        .formatted(broker.address());

        assertThat(run(source, "{ file: { path: out } }")).isEqualTo(1);

        assertThat(err.toString()).contains("has no topic missing").contains(there);
    }

    @Test
    void aTopicThatTakesOnlySmallerMessagesIsToldWithBothSizes(KafkaBroker broker)
            throws Exception {
        NewTopic small =
                new NewTopic("small", 1, (short) 1).configs(Map.of("max.message.bytes", "500000"));
        try (Admin admin =
                Admin.create(
                        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.address()))) {
            admin.createTopics(List.of(small)).all().get();
        }
        String sink =
                "{ kafka: { bootstrap_servers: \"%s\", topic: small } }"
                        .formatted(broker.address());

        assertThat(run("{ generator: { count: 1 } }", sink)).isEqualTo(1);

        assertThat(err.toString()).contains("500,000").contains("900,000");
    }

    @Test
    void aTopicOfHeartbeatsThatIsNotThereIsToldToo(KafkaBroker broker) throws Exception {
        assertThat(
                        run(
                                """
                                kind: discovery
                                name: reach
                                source: { generator: { count: 1 } }
                                heartbeats: { kafka: { bootstrap_servers: "%s", topics: [lost] } }
                                sinks: { inventory: [ { file: { path: out } } ] }
                                """
                                        .formatted(broker.address())))
                .isEqualTo(1);

        assertThat(err.toString()).contains("has no topic lost");
    }

    private int run(String source, String sink) throws IOException {
        return run(
                """
                        kind: tail-sampling
                        name: reach
                        source: %s
                        tail_sampling: { policies: [ { name: all, type: always_sample } ] }
                        sinks: { spans: [ %s ] }
                        """
                        .formatted(source, sink));
    }

    private int run(String yaml) throws IOException {
        Path spec = Files.writeString(folder.resolve("spec.yaml"), yaml);
        return Tailrace.execute(
                new PrintWriter(new StringWriter()), new PrintWriter(err), "run", spec.toString());
    }
}
