package io.tailrace.broker;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real broker in this process, its own controller, on free ports of the loopback interface. It
 * keeps records however old their timestamps are, in a folder that goes with it.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final int MEBIBYTE = 1 << 20;

    /** The largest record that it takes, and that {@link #producer} sends. */
    private static final int MOST_RECORD_BYTES = 16 * MEBIBYTE;

    private final AtomicInteger topics = new AtomicInteger();
    private final Path folder;
    private final String address;
    private final KafkaRaftServer server;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    /** Starts it; it is ready when this returns. */
    public KafkaBroker() throws Exception {
        this(Files.createTempDirectory("tailrace-kafka"));
    }

    /**
     * Starts it; it is ready when this returns.
     *
     * @param folder one for all that it keeps, empty or not there yet; it goes when the broker is
     *     closed
     */
    public KafkaBroker(Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
        int[] ports = FreePorts.some(2);
        address = "127.0.0.1:" + ports[0];
        new Formatter()
                .setPrintStream(
                        new PrintStream(
                                OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setControllerListenerName("CONTROLLER")
                .setDirectories(List.of(folder.toString()))
                .setMetadataLogDirectory(folder.toString())
                .run();
        server = new KafkaRaftServer(new KafkaConfig(configuration(ports), false), Time.SYSTEM);
        server.startup();
        admin = Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, address));
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                address,
                                // The broker forgets at once whose records it took if they are old,
                                // and refuses the next as out of order.
                                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                                false,
                                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                                1,
                                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                                MOST_RECORD_BYTES),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    private Map<String, String> configuration(int[] ports) {
        Map<String, String> options = new HashMap<>();
        options.put("process.roles", "broker,controller");
        options.put("node.id", "1");
        options.put("controller.quorum.voters", "1@127.0.0.1:" + ports[1]);
        options.put("controller.listener.names", "CONTROLLER");
        options.put("listeners", "PLAINTEXT://" + address + ",CONTROLLER://127.0.0.1:" + ports[1]);
        options.put("advertised.listeners", "PLAINTEXT://" + address);
        options.put("inter.broker.listener.name", "PLAINTEXT");
        options.put("log.dirs", folder.toString());
        options.put("log.retention.ms", "-1");
        options.put("message.max.bytes", Integer.toString(MOST_RECORD_BYTES));
        options.put("auto.create.topics.enable", "false");
        options.put("group.initial.rebalance.delay.ms", "0");
        options.put("offsets.topic.replication.factor", "1");
        options.put("offsets.topic.num.partitions", "2");
        options.put("transaction.state.log.replication.factor", "1");
        options.put("transaction.state.log.min.isr", "1");
        options.put("transaction.state.log.num.partitions", "2");
        options.put("transaction.max.timeout.ms", "900000");
        options.put("share.coordinator.state.topic.replication.factor", "1");
        options.put("share.coordinator.state.topic.min.isr", "1");
        options.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 * MEBIBYTE));
        return options;
    }

    /** For {@code bootstrap_servers}. */
    public String address() {
        return address;
    }

    /**
     * Makes a topic that nobody else has.
     *
     * @param name what its name begins with
     */
    public KafkaTopic topic(String name, int partitions)
            throws ExecutionException, InterruptedException {
        return exactly(name + "-" + topics.incrementAndGet(), partitions);
    }

    /** Makes a topic of this name. */
    public KafkaTopic exactly(String name, int partitions)
            throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
        return new KafkaTopic(this, name, partitions);
    }

    Admin admin() {
        return admin;
    }

    KafkaProducer<byte[], byte[]> producer() {
        return producer;
    }

    @Override
    public void close() throws IOException {
        producer.close();
        admin.close();
        server.shutdown();
        server.awaitShutdown();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
