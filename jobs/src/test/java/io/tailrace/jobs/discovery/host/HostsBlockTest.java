package io.tailrace.jobs.discovery.host;

import io.tailrace.jobs.discovery.heartbeat.HeartbeatSettings;
import io.tailrace.jobs.source.kafka.KafkaSettings.StartingOffsets;
import io.tailrace.jobs.spec.Problem;
import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.spec.SpecResult;
import io.tailrace.operators.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The blocks {@code hosts} and {@code heartbeats} as users write them. */
final class HostsBlockTest {

    record Around(
            @Setting(value = "Hosts", optional = true) HostSettings hosts,
            @Setting(value = "Heartbeats", optional = true) HeartbeatSettings heartbeats) {}

    private static SpecResult<Around> read(String yaml) {
        return SpecReader.read(
                "spec.yaml", yaml, Around.class, List.of(), Map.of("SECRET", "hidden"));
    }

    private static List<String> problems(String yaml) {
        return read(yaml).problems().stream().map(Problem::toString).toList();
    }

    @Test
    void aFileNeedsItsPathAlone(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("hosts.csv"), "ip,cloud_id,host_id\n");
        SpecResult<Around> result = read("hosts: { static: { path: %s } }\n".formatted(file));
        assertThat(result.problems()).isEmpty();
        HostSettings hosts = result.value().hosts();
        assertThat(hosts.fixed().path()).isEqualTo(file.toString());
        assertThat(hosts.fixed().reload()).hasMinutes(1);
        assertThat(hosts.cacheTtl()).hasHours(1);
        assertThat(hosts.unknownTtl()).hasMinutes(1);
        assertThat(hosts.retryTime()).hasMinutes(1);
        assertThat(hosts.cacheSize()).isEqualTo(100_000);
        assertThat(hosts.parallelLookups()).isEqualTo(4);
    }

    @Test
    void databasesServicesAndGseAreReadWhole() {
        SpecResult<Around> result =
                read(
                        """
                        hosts:
                          jdbc:
                            url: jdbc:postgresql://127.0.0.1:5432/cmdb
                            user: cmdb
                            password: ${SECRET}
                            table: { name: cmdb.hosts, ip: bk_host_innerip, agent_id: bk_agent_id }
                          gse:
                            url: http://127.0.0.1:8080/api/c/compapi/v2/gse/
                            call: get_agent_status
                            app_code: apm
                            app_secret: ${SECRET}
                        heartbeats: { kafka: { topics: [gse_heartbeats] } }
                        """);
        assertThat(result.problems()).isEmpty();
        assertThat(result.value().hosts().jdbc().statement())
                .isEqualTo(
                        "select \"bk_host_innerip\" as ip, \"cloud_id\" as cloud_id, \"host_id\" as"
                                + " host_id, \"bk_agent_id\" as agent_id from \"cmdb\".\"hosts\""
                                + " where \"bk_host_innerip\" = any (?)");
        assertThat(result.value().hosts().gse().appSecret()).isEqualTo("hidden");
        assertThat(result.value().heartbeats().kafka().startingOffsets())
                .isEqualTo(StartingOffsets.COMMITTED);
        assertThat(result.value().toString()).doesNotContain("hidden");
        assertThat(
                        problems(
                                """
                                hosts:
                                  http:
                                    url: http://127.0.0.1/list
                                    method: post
                                    body: '{"ip": "{ip}"}'
                                    headers: { X-Token: "${SECRET}" }
                                    mapping: { cloud_id: /data/0/cloud, host_id: /data/0/host }
                                """))
                .isEmpty();
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThat(
                        problems(
                                """
                                hosts:
                                  jdbc: { url: "jdbc:postgresql://127.0.0.1/a", user: a, query: select 1 }
                                  http:
                                    url: ftp://127.0.0.1/{ip}
                                    mapping: { cloud_id: cloud, host_id: /id }
                                    body: "{}"
                                  gse: { url: here, app_code: apm, app_secret: secret }
                                heartbeats: { kafka: { topics: [] } }
                                """))
                .anyMatch(each -> each.contains("hosts.jdbc.query"))
                .anyMatch(each -> each.contains("hosts.http.url"))
                .anyMatch(each -> each.contains("hosts.http.body"))
                .anyMatch(each -> each.contains("hosts.http.mapping.cloud_id"))
                .anyMatch(each -> each.contains("hosts.gse.app_secret"))
                .anyMatch(each -> each.contains("heartbeats.kafka.topics"));
        assertThat(problems("hosts: { cache_ttl: 1h }\n"))
                .singleElement()
                .asString()
                .contains("one of static, jdbc and http");
    }
}
