package io.tailrace.jobs.cli;

import io.tailrace.jobs.JobSinks;
import io.tailrace.jobs.JobSpec;
import io.tailrace.jobs.source.kafka.KafkaRange;
import io.tailrace.jobs.source.kafka.KafkaSettings;
import io.tailrace.sinks.kafka.KafkaSinkSettings;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;

/**
 * Asks the brokers of a spec before its job starts, as Flink itself would only try again and again.
 */
public final class KafkaReach {

    private static final int SECONDS = 10;

    private KafkaReach() {}

    /** What is asked of brokers that answer. */
    @FunctionalInterface
    private interface Question {
        void ask(Admin admin) throws IOException, ExecutionException, InterruptedException;
    }

    /**
     * @throws UnreachedException where brokers do not answer
     * @throws IOException in words for the user, where a topic to read is missing, or one to write
     *     takes no messages as large as the spec has them
     */
    public static void check(JobSpec spec) throws IOException, InterruptedException {
        for (KafkaSettings source : spec.kafkaSources()) {
            ask(source, admin -> checkTopics(admin, source));
        }
        for (JobSinks.Topic topic : spec.sinks().topics()) {
            KafkaSinkSettings settings = topic.settings();
            ask(
                    brokers(settings, spec),
                    settings.properties(),
                    admin -> checkSize(admin, settings.topic(), topic.most()));
        }
    }

    private static String brokers(KafkaSinkSettings sink, JobSpec spec) {
        return sink.bootstrapServers() == null
                ? spec.source().brokersForSinks()
                : sink.bootstrapServers();
    }

    /**
     * What the topics of a source hold now.
     *
     * @param since leaves out records of before; null takes all
     * @throws IOException in words for the user, where brokers do not answer, or hold nothing
     */
    static KafkaRange range(KafkaSettings source, Instant since)
            throws IOException, InterruptedException {
        KafkaRange[] found = new KafkaRange[1];
        ask(
                source,
                admin -> {
                    checkTopics(admin, source);
                    found[0] = KafkaRange.ofNow(admin, source, since);
                });
        if (found[0].isEmpty()) {
            throw new IOException(
                    "Kafka at %s has no records to read%s in %s"
                            .formatted(
                                    source.bootstrapServers(),
                                    since == null ? "" : " since " + since,
                                    source.topicPattern() == null
                                            ? String.join(", ", source.namedTopics())
                                            : "topics like " + source.topicPattern()));
        }
        return found[0];
    }

    private static void checkTopics(Admin admin, KafkaSettings source)
            throws IOException, ExecutionException, InterruptedException {
        String brokers = source.bootstrapServers();
        Set<String> there = new TreeSet<>(admin.listTopics().names().get());
        Set<String> missing = new TreeSet<>(source.namedTopics());
        missing.removeAll(there);
        if (!missing.isEmpty()) {
            throw new IOException(
                    "Kafka at %s has no topic %s; it has %s"
                            .formatted(
                                    brokers,
                                    String.join(", ", missing),
                                    there.isEmpty() ? "none" : String.join(", ", there)));
        }
    }

    /**
     * Asks in any case. A topic that is not there yet will be made with the brokers' own limit, or
     * not at all.
     */
    private static void checkSize(Admin admin, String topic, long most)
            throws IOException, ExecutionException, InterruptedException {
        if (!admin.listTopics().names().get().contains(topic) || most == 0) {
            return;
        }
        long limit;
        try {
            limit = mostBytes(admin, topic);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof AuthorizationException) {
                return;
            }
            throw failure;
        }
        if (limit < most) {
            throw new IOException(
                    String.format(
                            Locale.ROOT,
                            "Topic %s takes messages of at most %,d bytes, the sink's"
                                    + " max_message_bytes is %,d; set one of them",
                            topic,
                            limit,
                            most));
        }
    }

    private static long mostBytes(Admin admin, String topic)
            throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return Long.parseLong(
                admin.describeConfigs(List.of(resource))
                        .all()
                        .get()
                        .get(resource)
                        .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                        .value());
    }

    private static void ask(KafkaSettings source, Question question)
            throws IOException, InterruptedException {
        ask(source.bootstrapServers(), source.properties(), question);
    }

    private static void ask(String brokers, Map<String, String> clients, Question question)
            throws IOException, InterruptedException {
        Properties properties = new Properties();
        properties.putAll(clients);
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, SECONDS * 1000);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, SECONDS * 1000);
        try (Admin admin = Admin.create(properties)) {
            question.ask(admin);
        } catch (ExecutionException failure) {
            throw new UnreachedException(
                    "Kafka at %s does not answer: %s"
                            .formatted(brokers, Failures.inOneLine(failure)),
                    failure);
        } catch (KafkaException failure) {
            throw new UnreachedException(
                    "Kafka at %s cannot be asked: %s"
                            .formatted(brokers, Failures.inOneLine(failure)),
                    failure);
        }
    }
}
