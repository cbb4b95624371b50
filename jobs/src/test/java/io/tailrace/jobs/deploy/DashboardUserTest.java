package io.tailrace.jobs.deploy;

import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The user as whom Grafana reads PostgreSQL. */
@ExtendWith(PostgresExtension.class)
class DashboardUserTest {

    private static final List<String> CHANGES =
            List.of(
                    "insert into apm_host select * from apm_host",
                    "update apm_topo_node set app_name = ''",
                    "delete from apm_sampling_decision",
                    "truncate apm_metric_red",
                    "drop table apm_endpoint",
                    "create table mine (id integer)");

    /** As PostgreSQL's image does, with its superuser, when it makes the database. */
    private static void makeUser(ComposeStack stack, PostgresDatabase database) throws Exception {
        String asSuperuser = database.url().replace("jdbc:postgresql://", "postgresql://postgres@");
        Tool.named(Tool.PSQL)
                .run(
                        Map.of(
                                "DASHBOARDS_PASSWORD",
                                stack.environmentOf("postgres").get("DASHBOARDS_PASSWORD")),
                        "-v",
                        "ON_ERROR_STOP=1",
                        "--no-psqlrc",
                        "--no-password",
                        "-d",
                        asSuperuser,
                        "-f",
                        ComposeStack.FOLDER.resolve("dashboards.sql").toString());
    }

    /** Though the tables are made later. */
    @Test
    void mayReadAllThatDashboardsShowAndChangeNothing(PostgresDatabase database) throws Exception {
        ComposeStack stack = ComposeStack.read();
        makeUser(stack, database);
        SchemaMigration.run(database.asDatabase());
        Map<String, String> grafana = stack.environmentOf("grafana");

        try (Connection connection =
                        DriverManager.getConnection(
                                database.url(),
                                grafana.get("POSTGRES_USER"),
                                grafana.get("POSTGRES_PASSWORD"));
                Statement ask = connection.createStatement()) {
            Dashboards.statements()
                    .forEach(
                            (place, statement) ->
                                    assertThatCode(() -> ask.execute(statement))
                                            .as(place)
                                            .doesNotThrowAnyException());
            assertThat(CHANGES)
                    .allSatisfy(
                            change ->
                                    assertThatThrownBy(() -> ask.execute(change))
                                            .isInstanceOf(SQLException.class)
                                            .hasMessageMatching(
                                                    "(?s).*(permission denied|must be owner).*"));
        }
    }
}
