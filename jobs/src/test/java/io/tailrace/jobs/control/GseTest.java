package io.tailrace.jobs.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.run.Endings;
import io.tailrace.jobs.control.run.Outcome;
import io.tailrace.jobs.control.testing.ControlRuns;
import io.tailrace.jobs.control.testing.StandIn;
import io.tailrace.jobs.control.testing.StandInClock;
import io.tailrace.jobs.control.testing.StandInReports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Receivers and routes in GSE. */
class GseTest {

    private static final long DATA_ID = 1500101;

    private static final String SPEC =
            """
            kind: control
            name: routes
            credentials: { app_code: "${BK_APP_CODE}", app_secret: "${BK_APP_SECRET}", username: admin }
            platform: { url: "${BKDATA_URL}" }
            gse: { url: "${BKGSE_URL}" }
            state: { file: { path: "${CONTROL_STATE}" } }
            reporting: { url: "${PUSH_URL}", data_id: 12, access_token: "${PUSH_TOKEN}" }
            applications:
              - name: office
                biz_id: 2
                project_id: 7
                source: { data_id: 1500101 }
                receivers:
                  - name: all_spans
                    type: kafka
                    kafka: { addresses: ["k1:9092", "k2:9092"], user: gse, password: "${SASL}" }
                  - { name: live, type: redis, redis: { addresses: ["r:6379"], master_name: m } }
                  - { name: copy, type: pulsar, pulsar: { addresses: ["p:6650"], token: "${SASL}" } }
                  - { name: dump, type: file, file: { data_log_path: /var/log/spans } }
                filters:
                  - { name: spans, field_index: 0, field_data_value: span }
                  - { name: big, field_index: 1, field_data_type: int, field_data_value: "9", field_in: protocol }
                routes:
                  - { name: to_kafka, receiver: all_spans, topic: TOPIC, filter_name_and: [spans] }
                  - { name: to_redis, receiver: live, channel: spans, filter_name_or: [spans, big] }
                  - { name: to_pulsar, receiver: copy, topic: t, tenant: bk, namespace: apm }
                  - { name: to_file, receiver: dump }
            """;

    @TempDir private Path folder;
    private final StandInClock clock = new StandInClock();
    private StandIn standIn;
    private ControlRuns runs;

    @BeforeEach
    void start() throws IOException {
        standIn = new StandIn(clock);
        runs =
                new ControlRuns(standIn, clock, folder)
                        .environment("PUSH_URL", standIn.url("/v2/push/"))
                        .environment("PUSH_TOKEN", StandInReports.token())
                        .environment("SASL", "password-of-kafka")
                        .with(SPEC.replace("TOPIC", "first"));
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    private List<String> routeNames() {
        return standIn.gse().channels().get(DATA_ID).path("route").findValuesAsText("name");
    }

    private String topic() {
        return standIn.gse().channels().get(DATA_ID).findPath("topic_name").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {StandIn.GSE, StandIn.OLDER_GSE})
    void allKindsAreRegisteredAtBothAddresses(String base) throws Exception {
        runs.environment("BKGSE_URL", standIn.url(base));
        standIn.gse().unknownIsAnError();
        runs.applied();
        assertThat(standIn.gse().receivers().values())
                .extracting(each -> each.path("stream_to").path("report_mode").asText())
                .containsExactly("kafka", "redis", "pulsar", "file");
        JsonNode channel = standIn.gse().channels().get(DATA_ID);
        assertThat(routeNames()).containsExactly("to_kafka", "to_redis", "to_pulsar", "to_file");
        assertThat(channel.path("metadata").path("channel_id").asLong()).isEqualTo(DATA_ID);
        assertThat(
                        channel.path("route")
                                .path(0)
                                .path("stream_to")
                                .path("kafka")
                                .path("biz_id")
                                .asInt())
                .isEqualTo(2);
        assertThat(channel.path("stream_filters").path(1).path("field_data_type").asText())
                .isEqualTo("int");

        standIn.forgetCalls();
        runs.applied();
        assertThat(standIn.writes()).isEmpty();
    }

    @Test
    void oneFieldIsOneUpdate() throws Exception {
        runs.applied();
        runs.with(SPEC.replace("TOPIC", "second"));
        List<Change> changes = runs.plan().get(0).changes();
        assertThat(changes)
                .singleElement()
                .satisfies(
                        each ->
                                assertThat(each.differences())
                                        .singleElement()
                                        .satisfies(
                                                field -> {
                                                    assertThat(field.field())
                                                            .isEqualTo(
                                                                    "route.to_kafka.stream_to.kafka.topic_name");
                                                    assertThat(field.is().asText())
                                                            .isEqualTo("first");
                                                    assertThat(field.wanted().asText())
                                                            .isEqualTo("second");
                                                }));
        standIn.forgetCalls();
        runs.applied();
        assertThat(standIn.writes()).singleElement().asString().endsWith("data/update_route");
        assertThat(topic()).isEqualTo("second");
    }

    @Test
    void anUpdateOfRoutesThatFailsIsRolledBack() throws Exception {
        runs.applied();
        runs.with(SPEC.replace("TOPIC", "second"));
        JsonNode before = standIn.gse().channels().get(DATA_ID).deepCopy();
        standIn.gse().failUpdates(1);

        Outcome outcome = runs.apply().get(0);

        assertThat(standIn.gse().channels().get(DATA_ID)).isEqualTo(before);
        assertThat(outcome.failures())
                .singleElement()
                .asString()
                .contains("the update of the routes of data id 1500101 failed")
                .contains("rolled back to the version before it")
                .contains("zookeeper session expired");
        assertThat(outcome.status()).as("of the data path, which is well").isEqualTo("success");
        assertThat(standIn.reports().events("tailrace_gse_rolled_back"))
                .singleElement()
                .satisfies(
                        event -> {
                            assertThat(event.path("event").path("content").asText())
                                    .contains("rolled back to the version before it");
                            assertThat(event.path("dimension").path("application").asText())
                                    .isEqualTo("2/office");
                        });

        runs.applied();
        assertThat(topic()).isEqualTo("second");
    }

    @Test
    void anUpdateOfAReceiverThatFailsIsRolledBack() throws Exception {
        runs.applied();
        runs.set("applications[0].receivers[0].kafka.addresses=['k3:9092']");
        JsonNode before = standIn.gse().receivers().get(1L).deepCopy();
        standIn.gse().failUpdates(1);

        assertThat(runs.apply().get(0).failures())
                .singleElement()
                .asString()
                .contains("the update of the receiver all_spans failed")
                .contains("rolled back");
        assertThat(standIn.gse().receivers().get(1L)).isEqualTo(before);
        assertThat(standIn.reports().events("tailrace_gse_rolled_back")).hasSize(1);
    }

    @Test
    void aRollBackThatFailsIsTold() throws Exception {
        runs.applied();
        runs.with(SPEC.replace("TOPIC", "second"));
        standIn.gse().failUpdates(2);
        assertThat(runs.apply().get(0).failures())
                .singleElement()
                .asString()
                .contains("the roll back failed too");
        // The next run mends it.
        runs.applied();
        assertThat(topic()).isEqualTo("second");
        assertThat(routeNames()).hasSize(4);
    }

    @Test
    void whatIsNotInTheSpecAnyMoreIsDeletedAndWhatIsOfOthersIsNot() throws Exception {
        runs.applied();
        standIn.gse()
                .channels()
                .get(DATA_ID)
                .withArrayProperty("route")
                .addObject()
                .put("name", "of_others")
                .putObject("stream_to")
                .put("stream_to_id", 1);
        runs.with(
                SPEC.replace("TOPIC", "second")
                        .replaceAll(
                                "(?m)^ *- \\{ name: (to_file|dump|to_redis|live|big).*\\n", ""));
        runs.applied();
        assertThat(routeNames()).containsExactlyInAnyOrder("to_kafka", "to_pulsar", "of_others");
        assertThat(standIn.gse().receivers()).hasSize(2);
        standIn.forgetCalls();
        runs.applied();
        assertThat(standIn.writes()).isEmpty();

        runs.on(
                true,
                site ->
                        new Endings(site, (application, change) -> {})
                                .destroy(site.spec().applications()));
        assertThat(routeNames()).containsExactly("of_others");
    }
}
