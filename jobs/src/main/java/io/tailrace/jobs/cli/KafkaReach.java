package io.tailrace.jobs.cli;

import io.tailrace.jobs.source.kafka.KafkaSettings;
import io.tailrace.jobs.tailsampling.TailSamplingSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

import java.io.IOException;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;

/**
 * Asks the source's brokers before a job starts, as Flink itself would only try again and again.
 */
final class KafkaReach {

    private static final int SECONDS = 10;

    private KafkaReach() {}

    /**
     * @throws IOException in words for the user, where the brokers do not answer or a topic is
     *     missing
     */
    static void check(TailSamplingSpec spec) throws IOException, InterruptedException {
        KafkaSettings kafka = spec.source().kafka();
        if (kafka == null) {
            return;
        }
        Properties properties = new Properties();
        properties.putAll(kafka.properties());
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, SECONDS * 1000);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, SECONDS * 1000);
        try (Admin admin = Admin.create(properties)) {
            Set<String> there = admin.listTopics().names().get();
            Set<String> missing = new TreeSet<>(kafka.namedTopics());
            missing.removeAll(there);
            if (!missing.isEmpty()) {
                throw new IOException(
                        "Kafka at %s has no topic %s; it has %s"
                                .formatted(
                                        kafka.bootstrapServers(),
                                        String.join(", ", missing),
                                        there.isEmpty()
                                                ? "none"
                                                : String.join(", ", new TreeSet<>(there))));
            }
        } catch (ExecutionException failure) {
            throw new IOException(
                    "Kafka at %s does not answer: %s"
                            .formatted(kafka.bootstrapServers(), Failures.inOneLine(failure)),
                    failure);
        } catch (org.apache.kafka.common.KafkaException failure) {
            throw new IOException(
                    "Kafka at %s cannot be asked: %s"
                            .formatted(kafka.bootstrapServers(), Failures.inOneLine(failure)),
                    failure);
        }
    }
}
