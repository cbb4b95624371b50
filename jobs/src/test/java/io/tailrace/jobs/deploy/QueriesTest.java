package io.tailrace.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.broker.KafkaBroker;
import io.tailrace.jobs.testing.KafkaExtension;
import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

/** What dashboards and alerts ask for is what jobs tell. */
@ExtendWith({KafkaExtension.class, PostgresExtension.class})
class QueriesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What scrapes of Kubernetes add. */
    private static final String NAMESPACE = "namespace";

    /** Made by a rule. */
    private static final String RECORDED = "tailrace:jobs";

    @TempDir private Path folder;

    private static Map<String, String> queries() {
        Map<String, String> all = new TreeMap<>(Dashboards.queries());
        for (JsonNode rule : AlertRules.all()) {
            all.put("the rule " + AlertRules.name(rule), rule.get("expr").asText());
        }
        return all;
    }

    @Test
    void namesAndLabelsAreThoseOfARealJob(KafkaBroker broker, PostgresDatabase database)
            throws Exception {
        Map<String, String> queries = queries();
        assertThat(queries).hasSizeGreaterThan(100);
        try (ObservedJob job = new ObservedJob(broker, database, folder)) {
            // Some metrics come up only once there is something to count.
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(unknown(queries, job.labelsByName())).isEmpty());
        }
    }

    private static List<String> unknown(
            Map<String, String> queries, Map<String, Set<String>> told) {
        List<String> unknown = new ArrayList<>();
        queries.forEach(
                (place, query) ->
                        new Query(query)
                                .labelsByMetric()
                                .forEach(
                                        (metric, labels) -> {
                                            if (metric.equals(RECORDED)) {
                                                return;
                                            }
                                            Set<String> its = told.get(metric);
                                            if (its == null) {
                                                unknown.add(metric + " of " + place);
                                                return;
                                            }
                                            labels.stream()
                                                    .filter(label -> !label.equals(NAMESPACE))
                                                    .filter(label -> !its.contains(label))
                                                    .forEach(
                                                            label ->
                                                                    unknown.add(
                                                                            metric + "{" + label
                                                                                    + "} of "
                                                                                    + place));
                                        }));
        return unknown;
    }

    @Test
    void tablesAndColumnsAreThere(PostgresDatabase database) throws Exception {
        SchemaMigration.run(database.asDatabase());
        Map<String, String> statements = Dashboards.statements();
        assertThat(statements).hasSizeGreaterThan(10);
        try (Connection connection = database.connect();
                Statement ask = connection.createStatement()) {
            statements.forEach(
                    (place, statement) ->
                            assertThatCode(() -> ask.execute(statement))
                                    .as(place)
                                    .doesNotThrowAnyException());
        }
    }
}
