package io.tailrace.jobs.discovery;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.testing.InventoryRows;
import io.tailrace.jobs.testing.JobRun;
import io.tailrace.jobs.testing.KafkaExtension;
import io.tailrace.jobs.testing.RealTraffic;
import io.tailrace.jobs.testing.SamplingSpecs;
import io.tailrace.jobs.testing.Traffic;
import io.tailrace.plain.discovery.PlainDiscovery;
import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What real traces show is in the tables of a real database, as one would read it by hand. */
@ExtendWith({KafkaExtension.class, PostgresExtension.class})
final class RealDiscoveryTest {

    private static final long KEPT = Duration.ofDays(7).plusMinutes(5).toMillis();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path folder;

    private static PlainDiscovery read(Traffic traffic) {
        PlainDiscovery plain = new PlainDiscovery(30_000, 1024);
        traffic.requests().forEach(each -> plain.see(each.otlp(), each.arrival()));
        return plain;
    }

    private static String spec(String source, PostgresDatabase database) {
        return """
        kind: discovery
        name: real
        source: { %s }
        application: { app_name: { default: default } }
        %sflink: { execution.checkpointing.interval: 500ms }
        """
                .formatted(source, InventoryRows.sinks(database));
    }

    @ParameterizedTest
    @CsvSource({"ONLINE_BOUTIQUE, 4", "TRAIN_TICKET, 1"})
    void aFileIsInTheTablesAndAgainTheSame(
            RealTraffic real, int parallelism, PostgresDatabase database) throws Exception {
        assumeTrue(real.isHere());
        SchemaMigration.run(database.asDatabase());
        PlainDiscovery plain = read(real.read());
        String spec = spec(SamplingSpecs.file(real.file(), "otlp_json"), database);

        for (int i = 1; i <= 2; i++) {
            try (JobRun run = JobRun.start(spec, folder.resolve("run" + i), parallelism)) {
                run.end();
            }
            assertThat(InventoryRows.of(database))
                    .as("after run %d", i)
                    .hasSizeGreaterThan(50)
                    .containsExactlyInAnyOrderElementsOf(InventoryRows.expected(plain.all(), KEPT));
        }
    }

    @ParameterizedTest
    @EnumSource(RealTraffic.class)
    void aTopicIsInTheTablesThroughARestart(
            RealTraffic real, KafkaBroker broker, PostgresDatabase database) throws Exception {
        assumeTrue(real.isHere());
        SchemaMigration.run(database.asDatabase());
        Traffic traffic = real.read();
        PlainDiscovery plain = read(traffic);
        KafkaTopic topic = broker.topic("requests", 4);
        String spec =
                spec(
                        """
                        kafka: { bootstrap_servers: "%s", topics: [%s], group_id: "%s", \
                        starting_offsets: earliest }"""
                                .formatted(broker.address(), topic.name(), topic.name()),
                        database);
        int half = traffic.size() / 2;

        try (JobRun run = JobRun.start(spec, folder, 4)) {
            new Traffic(traffic.requests().subList(0, half)).sendTo(topic);
            await().atMost(PATIENCE).until(() -> run.metrics().sum("requests_in") >= half);
            run.checkpoint();
            run.cancel();
        }
        try (JobRun run = JobRun.start(spec, folder, 4, JobRun.newestCheckpoint(folder))) {
            new Traffic(traffic.requests().subList(half, traffic.size())).sendTo(topic);
            // What a side waits for must be over before the last root endpoints are known.
            for (int i = 0; i < topic.partitions(); i++) {
                topic.send(
                        i,
                        traffic.lastArrival() + 120_000,
                        withoutService(traffic.requests().get(0).otlp()).toByteArray());
            }
            topic.flush();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(
                            () ->
                                    assertThat(InventoryRows.withoutTimes(database))
                                            .containsExactlyInAnyOrderElementsOf(
                                                    InventoryRows.expectedWithoutTimes(
                                                            plain.all())));
            run.stop();
        }
    }

    /** Shows nothing. */
    private static ExportTraceServiceRequest withoutService(ExportTraceServiceRequest request) {
        ExportTraceServiceRequest.Builder without = request.toBuilder();
        without.getResourceSpansBuilderList().forEach(ResourceSpans.Builder::clearResource);
        return without.build();
    }
}
