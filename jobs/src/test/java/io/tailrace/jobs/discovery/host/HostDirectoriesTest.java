package io.tailrace.jobs.discovery.host;

import io.tailrace.jobs.testing.JsonServer;
import io.tailrace.jobs.testing.JsonServer.Reply;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import io.tailrace.sinks.testing.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Each kind of directory answers of its hosts, and of no others. */
@ExtendWith(PostgresExtension.class)
final class HostDirectoriesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HostAddress KNOWN = new HostAddress(2, "10.0.0.1");
    private static final HostAddress OF_ANOTHER = new HostAddress(3, "10.0.0.1");
    private static final HostAddress OF_NOBODY = new HostAddress(3, "10.0.0.2");
    private static final HostAddress UNKNOWN = new HostAddress(2, "10.0.0.9");
    private static final List<HostAddress> ALL =
            List.of(KNOWN, OF_ANOTHER, OF_NOBODY, UNKNOWN, new HostAddress(4, "10.0.0.1"));
    private static final Map<HostAddress, HostEntry> ANSWERS =
            Map.of(
                    KNOWN, new HostEntry(0, 17, "agent-17"),
                    OF_ANOTHER, new HostEntry(5, 18, ""),
                    OF_NOBODY, new HostEntry(1, 19, ""));

    private static final String CSV =
            """
            ip, cloud_id, host_id, agent_id, biz_id
            10.0.0.1,0,17,agent-17,2
            10.0.0.1,5,18,,3
            10.0.0.2,1,19
            """;

    private static final String YAML =
            """
            - { ip: 10.0.0.1, cloud_id: 0, host_id: 17, agent_id: agent-17, biz_id: 2 }
            - { ip: 10.0.0.1, cloud_id: 5, host_id: 18, biz_id: 3 }
            - { ip: 10.0.0.2, cloud_id: 1, host_id: 19 }
            """;

    private static StaticHosts ofFile(Path path) {
        return new StaticHosts(new StaticHostsSettings(path.toString(), Duration.ofMillis(100)));
    }

    @Test
    void aFileIsReadAnewWhenItChangesAndStaysAsItWasWhereItIsWrong(@TempDir Path folder)
            throws Exception {
        Path file = Files.writeString(folder.resolve("hosts.csv"), CSV);
        try (StaticHosts hosts = ofFile(file)) {
            assertThat(hosts.ask(ALL)).isEqualTo(ANSWERS);
            Files.writeString(file, CSV + "10.0.0.9,nine,9\n");
            Files.writeString(folder.resolve("other.csv"), CSV);
            assertThat(hosts.ask(ALL)).isEqualTo(ANSWERS);
            Files.writeString(file, CSV + "10.0.0.9,0,9,,\n");
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(hosts.ask(ALL))
                                            .containsEntry(UNKNOWN, new HostEntry(0, 9, "")));
            Files.delete(file);
            assertThat(hosts.ask(ALL)).hasSize(4);
        }
    }

    @Test
    void aFileMayBeYamlOrNotThereYet(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("hosts.yaml");
        try (StaticHosts hosts = ofFile(file)) {
            assertThat(hosts.ask(ALL)).isEmpty();
            Files.writeString(file, YAML);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(hosts.ask(ALL)).isEqualTo(ANSWERS));
        }
    }

    @Test
    void aFileThatIsWrongSaysWhere(@TempDir Path folder) throws Exception {
        Path csv = Files.writeString(folder.resolve("a.csv"), CSV + "10.0.0.9,nine,9\n");
        assertThatThrownBy(() -> HostFile.read(new StaticHostsSettings(csv.toString(), PATIENCE)))
                .isInstanceOf(IOException.class)
                .hasMessage(csv + ", host 4: cloud_id is no whole number: \"nine\"");
        Path yaml = Files.writeString(folder.resolve("a.yml"), "- { cloud_id: 0, host_id: 1 }\n");
        assertThatThrownBy(() -> HostFile.read(new StaticHostsSettings(yaml.toString(), PATIENCE)))
                .hasMessage(yaml + ", host 1: it has no ip");
    }

    private static JdbcHosts ofDatabase(
            PostgresDatabase database, String query, JdbcHostsSettings.HostTable table) {
        return new JdbcHosts(
                new JdbcHostsSettings(
                        database.url(),
                        PostgresServer.USER,
                        PostgresServer.password(),
                        query,
                        table,
                        PATIENCE,
                        PATIENCE));
    }

    @Test
    void aTableIsAskedByItsColumnsOrByAQuery(PostgresDatabase database) throws Exception {
        database.execute(
                """
                create table "Hosts" (address text, area int, id bigint, agent text, biz int);
                insert into "Hosts" values
                    ('10.0.0.1', 0, 17, 'agent-17', 2), ('10.0.0.1', 5, 18, null, 3),
                    ('10.0.0.2', 1, 19, null, null)
                """);
        JdbcHostsSettings.HostTable table =
                new JdbcHostsSettings.HostTable(
                        "public.Hosts", "address", "area", "id", "agent", "biz");
        try (JdbcHosts hosts = ofDatabase(database, null, table)) {
            assertThat(hosts.ask(ALL)).isEqualTo(ANSWERS);
        }
        String query =
                """
                select address as ip, area as cloud_id, id as host_id from "Hosts"
                where address = any (?)
                """;
        try (JdbcHosts hosts = ofDatabase(database, query, null)) {
            assertThat(hosts.ask(List.of(OF_NOBODY, UNKNOWN)))
                    .isEqualTo(Map.of(OF_NOBODY, new HostEntry(1, 19, "")));
        }
    }

    @Test
    void aDatabaseThatComesBackIsAskedAgain(PostgresDatabase database) throws Exception {
        String query = "select ip, 0 as cloud_id, 7 as host_id from hosts where ip = any (?)";
        try (JdbcHosts hosts = ofDatabase(database, query, null)) {
            assertThatThrownBy(() -> hosts.ask(ALL))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("\"hosts\" does not exist")
                    .hasMessageNotContaining(PostgresServer.password());
            database.execute("create table hosts as select '10.0.0.9' as ip");
            assertThat(hosts.ask(ALL)).containsOnlyKeys(UNKNOWN);
            database.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where application_name = 'tailrace' and pid <> pg_backend_pid()"
                            + " and datname = current_database()");
            assertThatThrownBy(() -> hosts.ask(ALL)).isInstanceOf(IOException.class);
            assertThat(hosts.ask(ALL)).containsOnlyKeys(UNKNOWN);
        }
    }

    private static HttpHosts ofService(String url, HttpHostsSettings.Method method, String body) {
        return new HttpHosts(
                new HttpHostsSettings(
                        url,
                        method,
                        Map.of("X-Token", "secret"),
                        body,
                        new HttpHostsSettings.Mapping(
                                "/data/0/cloud", "/data/0/id", "/data/0/agent"),
                        PATIENCE));
    }

    @Test
    void aServiceIsAskedForEachHost() throws Exception {
        try (JsonServer server =
                        new JsonServer(
                                request -> {
                                    assertThat(request.method()).isEqualTo("GET");
                                    assertThat(request.header("X-Token")).isEqualTo("secret");
                                    return switch (request.target()) {
                                        case "/hosts?ip=10.0.0.1&biz=2" ->
                                                Reply.of(
                                                        "{\"data\": [{\"cloud\": 0, \"id\": \"17\","
                                                                + " \"agent\": \"agent-17\"}]}");
                                        case "/hosts?ip=fe80%3A%3A1&biz=2" ->
                                                Reply.of("{\"data\": [{\"cloud\": 1, \"id\": 2}]}");
                                        case "/hosts?ip=10.0.0.9&biz=2" ->
                                                Reply.of("{\"data\": []}");
                                        case "/hosts?ip=10.0.0.8&biz=2" -> new Reply(404, "");
                                        default -> throw new AssertionError(request.target());
                                    };
                                });
                HttpHosts hosts =
                        ofService(
                                server.url() + "/hosts?ip={ip}&biz={biz_id}",
                                HttpHostsSettings.Method.GET,
                                null)) {
            assertThat(hosts.ask(List.of(KNOWN)))
                    .isEqualTo(Map.of(KNOWN, new HostEntry(0, 17, "agent-17")));
            HostAddress ofVersion6 = new HostAddress(2, "fe80::1");
            assertThat(hosts.ask(List.of(ofVersion6)))
                    .isEqualTo(Map.of(ofVersion6, new HostEntry(1, 2, "")));
            assertThat(hosts.ask(List.of(UNKNOWN))).isEmpty();
            assertThat(hosts.ask(List.of(new HostAddress(2, "10.0.0.8")))).isEmpty();
            assertThat(server.faults()).isEmpty();
            assertThatThrownBy(() -> hosts.ask(List.of(OF_NOBODY)))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage(server.url() + "/hosts answers 400");
            server.fail(1);
            assertThatThrownBy(() -> hosts.ask(List.of(KNOWN)))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(RefusedException.class)
                    .hasMessage(server.url() + "/hosts answers 503");
        }
    }

    @Test
    void aServiceMayTakeABody() throws Exception {
        try (JsonServer server =
                        new JsonServer(
                                request -> {
                                    assertThat(request.method()).isEqualTo("POST");
                                    assertThat(request.target()).isEqualTo("/list");
                                    assertThat(request.header("Content-Type"))
                                            .isEqualTo("application/json");
                                    assertThat(request.body().toString())
                                            .isEqualTo("{\"biz\":2,\"ips\":[\"a\\\"b\"]}");
                                    return Reply.of(
                                            "{\"data\": [{\"cloud\": 0, \"id\": 4, \"agent\": \"\"}]}");
                                });
                HttpHosts hosts =
                        ofService(
                                server.url() + "/list",
                                HttpHostsSettings.Method.POST,
                                "{\"biz\": {biz_id}, \"ips\": [\"{ip}\"]}")) {
            HostAddress odd = new HostAddress(2, "a\"b");
            assertThat(hosts.ask(List.of(odd))).isEqualTo(Map.of(odd, new HostEntry(0, 4, "")));
            assertThat(server.faults()).isEmpty();
        }
    }
}
