package io.tailrace.jobs.discovery.host;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.run.FlinkOptions;
import io.tailrace.jobs.testing.JobOutput;
import io.tailrace.jobs.testing.JsonServer;
import io.tailrace.jobs.testing.JsonServer.Reply;
import io.tailrace.jobs.testing.KafkaExtension;
import io.tailrace.jobs.testing.KafkaRecords;
import io.tailrace.operators.application.Application;
import io.tailrace.operators.discovery.Host;
import io.tailrace.operators.discovery.HostState;
import io.tailrace.operators.discovery.InventoryChange;
import io.tailrace.operators.discovery.InventoryChange.Operation;
import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.RootEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Rows of hosts get ids and states as these become known, and wait for nobody. */
@ExtendWith(KafkaExtension.class)
// Waiting for a job cannot be interrupted.
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
final class HostLookupsTest {

    private static final Application SHOP = new Application(2, "shop");
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final HostState KNOWN = new HostState(0, 17, null);

    /** What an operator behind the lookups does when something has gone, for one test each. */
    private static volatile CountDownLatch gone = new CountDownLatch(1);

    private static InventoryChange change(
            Operation operation, Item item, long last, Boolean alive) {
        HostState host = item instanceof Host ? new HostState(-1, -1, alive) : null;
        return new InventoryChange(operation, SHOP, item, 0, last, last + 10, host);
    }

    private static InventoryChange seen(String ip, long last) {
        return change(Operation.UPSERT, new Host(ip, "cart"), last, null);
    }

    private static HostSettings settings(
            StaticHostsSettings fixed,
            HttpHostsSettings http,
            GseSettings gse,
            Duration retryTime) {
        return new HostSettings(fixed, null, http, gse, LONG, LONG, retryTime, 1000, 2);
    }

    private static HttpHostsSettings http(String url) {
        return new HttpHostsSettings(
                url + "/{ip}",
                HttpHostsSettings.Method.GET,
                Map.of(),
                null,
                new HttpHostsSettings.Mapping("/cloud", "/id", null),
                Duration.ofSeconds(10));
    }

    private static List<InventoryChange> run(List<InventoryChange> changes, HostSettings settings)
            throws Exception {
        StreamExecutionEnvironment env = environment();
        DataStream<InventoryChange> rows =
                HostLookups.of(env.fromData(changes, InventoryChange.TYPE).uid("changes"), settings)
                        .map(HostLookupsTest::watched)
                        .returns(InventoryChange.TYPE)
                        .uid("watched");
        try (JobOutput<InventoryChange> out = JobOutput.of(rows)) {
            return out.rest();
        }
    }

    private static InventoryChange watched(InventoryChange change) {
        if (change.operation() == Operation.EXPIRE) {
            gone.countDown();
        }
        return change;
    }

    private static StreamExecutionEnvironment environment() {
        return KafkaRecords.environment(FlinkOptions.ofPreview());
    }

    private static JsonServer directory() throws Exception {
        return new JsonServer(
                request -> {
                    assertThat(request.method()).isEqualTo("GET");
                    return switch (request.target()) {
                        case "/10.0.0.1" -> Reply.of("{\"cloud\": 0, \"id\": 17}");
                        case "/10.0.0.9" -> new Reply(404, "{}");
                        default -> throw new AssertionError(request.target());
                    };
                });
    }

    @Test
    void aFileAnswersAtOnce(@TempDir Path folder) throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("hosts.csv"), "ip,cloud_id,host_id\n10.0.0.1,0,17\n");
        InventoryChange other =
                change(Operation.UPSERT, new RootEndpoint("GET /", "cart", "http"), 1, null);
        List<InventoryChange> rows =
                run(
                        List.of(seen("10.0.0.1", 1), other, seen("10.0.0.9", 2)),
                        settings(new StaticHostsSettings(file.toString(), LONG), null, null, LONG));
        assertThat(rows).hasSize(3).contains(other);
        assertThat(rows.get(0).host()).isEqualTo(KNOWN);
        assertThat(rows.get(2).host()).isEqualTo(HostState.NONE);
    }

    @Test
    void aRowIsWrittenAgainWhenItsAnswerComes() throws Exception {
        try (JsonServer server = directory()) {
            server.fail(3);
            List<InventoryChange> changes = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                changes.add(seen("10.0.0.1", i));
                changes.add(seen("10.0.0.9", i));
            }
            List<InventoryChange> rows =
                    run(changes, settings(null, http(server.url()), null, LONG));
            assertThat(rows.stream().filter(row -> row.host().equals(HostState.NONE)).toList())
                    .containsAll(changes.subList(0, 2));
            InventoryChange last =
                    rows.stream().filter(row -> ip(row).equals("10.0.0.1")).toList().stream()
                            .reduce((one, next) -> next)
                            .orElseThrow();
            assertThat(last.host()).isEqualTo(KNOWN);
            assertThat(last.lastSeen()).isEqualTo(99);
            assertThat(rows)
                    .filteredOn(row -> ip(row).equals("10.0.0.9"))
                    .containsExactlyElementsOf(
                            changes.stream().filter(row -> ip(row).equals("10.0.0.9")).toList());
            assertThat(server.requests()).hasSize(2);
            assertThat(server.faults()).isEmpty();
        }
    }

    private static String ip(InventoryChange change) {
        return ((Host) change.item()).ip();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 500})
    void aDirectoryThatIsDownStopsNothing(long retryMillis) throws Exception {
        String url;
        try (JsonServer server = directory()) {
            url = server.url();
        }
        List<InventoryChange> changes = List.of(seen("10.0.0.1", 1), seen("10.0.0.1", 2));
        assertThat(run(changes, settings(null, http(url), null, Duration.ofMillis(retryMillis))))
                .isEqualTo(changes);
    }

    @Test
    void anAnswerThatComesTooLateBringsNothingBack() throws Exception {
        gone = new CountDownLatch(1);
        try (JsonServer server =
                new JsonServer(
                        request -> {
                            assertThat(gone.await(120, TimeUnit.SECONDS)).isTrue();
                            return Reply.of("{\"cloud\": 0, \"id\": 17}");
                        })) {
            List<InventoryChange> changes =
                    List.of(
                            seen("10.0.0.1", 1),
                            change(Operation.EXPIRE, new Host("10.0.0.1", "cart"), 1, null));
            assertThat(run(changes, settings(null, http(server.url()), null, LONG)))
                    .isEqualTo(changes);
            assertThat(server.requests()).hasSize(1);
            assertThat(server.faults()).isEmpty();
        }
    }

    /** Also where GSE says so only after a while, and no span comes any more. */
    @Test
    void aLostHostIsBackWhenItsAgentRuns(KafkaBroker broker) throws Exception {
        KafkaTopic topic = broker.topic("hosts", 1);
        int[] asked = new int[1];
        try (JsonServer directory = directory();
                JsonServer gse =
                        new JsonServer(
                                request -> {
                                    GseAgentsTest.assertAuthorized(request);
                                    assertThat(request.body().toString())
                                            .isEqualTo("{\"agent_id_list\":[\"0:10.0.0.1\"]}");
                                    boolean running = asked[0] == 0 || asked[0] > 3;
                                    asked[0]++;
                                    return Reply.of(
                                            "{\"code\":0,\"data\":[{\"bk_agent_id\":\"0:10.0.0.1\","
                                                    + "\"status_code\":"
                                                    + (running ? 2 : 4)
                                                    + "}]}");
                                })) {
            HostSettings settings =
                    settings(
                            null,
                            http(directory.url()),
                            GseAgentsTest.settings(gse.url(), GseSettings.Call.LIST_AGENT_STATE),
                            LONG);
            StreamExecutionEnvironment env = environment();
            DataStream<InventoryChange> rows =
                    HostLookups.of(
                            KafkaRecords.of(env, broker, topic)
                                    .map(record -> ofText(record))
                                    .returns(InventoryChange.TYPE)
                                    .uid("changes"),
                            settings);
            topic.send(0, System.currentTimeMillis(), new byte[] {0});
            topic.flush();
            List<Boolean> alive = new ArrayList<>();
            try (JobOutput<InventoryChange> out = JobOutput.of(rows)) {
                while (!Boolean.TRUE.equals(next(out, alive))) {
                    assertThat(alive).containsOnlyNulls();
                }
                topic.send(0, System.currentTimeMillis(), new byte[] {1});
                topic.flush();
                assertThat(next(out, alive)).isFalse();
                assertThat(next(out, alive)).isTrue();
            }
            assertThat(asked[0]).isGreaterThan(4);
            assertThat(directory.requests()).hasSize(1);
            assertThat(gse.faults()).isEmpty();
        }
    }

    private static InventoryChange ofText(byte[] record) {
        return change(
                Operation.UPSERT,
                new Host("10.0.0.1", "cart"),
                record[0],
                record[0] == 0 ? null : false);
    }

    private static Boolean next(JobOutput<InventoryChange> rows, List<Boolean> alive) {
        Boolean next = rows.next().host().agentAlive();
        alive.add(next);
        return next;
    }
}
