package io.tailrace.sinks.jdbc.schema;

import io.tailrace.sinks.jdbc.Database;
import io.tailrace.sinks.jdbc.decision.DecisionTable;
import io.tailrace.sinks.jdbc.inventory.InventoryTable;
import io.tailrace.sinks.jdbc.metrics.RedTable;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import io.tailrace.sinks.testing.PostgresServer;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.Connection;
import java.sql.Statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(PostgresExtension.class)
class SchemaMigrationTest {

    private static final String TABLES =
            "select schemaname || '.' || tablename from pg_tables"
                    + " where tablename = 'apm_sampling_decision'";

    private static void check(Database database) throws Exception {
        try (Connection connection = database.connect()) {
            SchemaState.of(connection, database, DecisionTable.NAME, Usage.ROWS).check(database);
        }
    }

    @Test
    void theVersionNeededIsThatOfTheLastMigration(PostgresDatabase empty) {
        MigrationInfo[] all = SchemaMigration.configuration(empty.asDatabase()).load().info().all();
        assertThat(all[all.length - 1].getVersion().getVersion())
                .isEqualTo(Integer.toString(SchemaVersion.NEEDED));
        assertThat(all).hasSize(SchemaVersion.NEEDED);
    }

    @Test
    void makesTheTablesOnceAndThenLeavesThem(PostgresDatabase fresh) throws Exception {
        Database database = fresh.asDatabase();
        assertThatThrownBy(() -> check(database))
                .isInstanceOf(SchemaException.class)
                .hasMessage(
                        "The schema public of %s is at version 0, this program needs %d; run:"
                                        .formatted(fresh.url(), SchemaVersion.NEEDED)
                                + " ./tailrace migrate SPEC");

        assertThat(SchemaMigration.run(database))
                .isEqualTo(new SchemaMigration(0, SchemaVersion.NEEDED));
        assertThat(fresh.texts(TABLES)).containsExactly("public.apm_sampling_decision");
        assertThatCode(() -> check(database)).doesNotThrowAnyException();

        assertThat(SchemaMigration.run(database))
                .isEqualTo(new SchemaMigration(SchemaVersion.NEEDED, SchemaVersion.NEEDED));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void goesOnFromEachVersionWithTheRowsThatAreThere(int version, PostgresDatabase fresh)
            throws Exception {
        Database database = fresh.asDatabase();
        SchemaMigration.configuration(database).target(Integer.toString(version)).load().migrate();
        fresh.execute(
                """
                insert into apm_sampling_decision values
                ('t', 1, 'root', 'j', 'sampled', null, '{}', 1, 1, 1, 1, null, null, 1, 0, 1, true)
                """);
        assertThatThrownBy(() -> check(database)).hasMessageContaining("version " + version);

        assertThat(SchemaMigration.run(database))
                .isEqualTo(new SchemaMigration(version, SchemaVersion.NEEDED));

        assertThat(fresh.number("select count(*) from apm_sampling_decision")).isEqualTo(1);
        for (String table : InventoryTable.names()) {
            assertThat(fresh.number("select count(*) from " + table)).isZero();
        }
        assertThat(fresh.number("select count(*) from apm_service_map")).isZero();
    }

    @Test
    void livesBesideTheTablesAndMigrationsOfOthers(PostgresDatabase shared) throws Exception {
        shared.execute("create table flyway_schema_history (version text)");
        shared.execute("insert into flyway_schema_history values ('77')");
        shared.execute("create table orders (id bigint)");

        assertThat(SchemaMigration.run(shared.asDatabase()))
                .isEqualTo(new SchemaMigration(0, SchemaVersion.NEEDED));

        assertThat(shared.texts(TABLES)).hasSize(1);
        assertThat(shared.texts("select version from flyway_schema_history")).containsExactly("77");
        assertThatCode(() -> check(shared.asDatabase())).doesNotThrowAnyException();
    }

    @Test
    void makesASchemaThatIsMissing(PostgresDatabase fresh) throws Exception {
        Database database = fresh.asDatabase(PostgresServer.USER, "observability");

        assertThat(SchemaMigration.run(database).to()).isEqualTo(SchemaVersion.NEEDED);

        assertThat(fresh.texts(TABLES)).containsExactly("observability.apm_sampling_decision");
        assertThatCode(() -> check(database)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(fresh.asDatabase())).hasMessageContaining("version 0");
    }

    /** What the README says of the one who migrates and of the one who writes. */
    @Test
    void needsNoMorePrivilegesThanToMakeTables(PostgresServer server, PostgresDatabase fresh)
            throws Exception {
        String maker = server.user();
        String writer = server.user();
        fresh.execute("create schema traces");
        Database asMaker = fresh.asDatabase(maker, "traces");
        Database asWriter = fresh.asDatabase(writer, "traces");
        fresh.execute("grant usage on schema traces to " + maker);
        assertThatThrownBy(() -> SchemaMigration.run(asMaker))
                .hasMessageContaining("permission denied");
        fresh.execute("grant create on schema traces to " + maker);
        assertThat(SchemaMigration.run(asMaker).to()).isEqualTo(SchemaVersion.NEEDED);

        assertMissing(
                asWriter,
                "usage on schema traces",
                "select on table tailrace_schema_history",
                "select on table " + DecisionTable.NAME,
                "insert on table " + DecisionTable.NAME,
                "delete on table " + DecisionTable.NAME);
        fresh.execute("grant usage on schema traces to " + writer);
        try (Connection connection = asMaker.connect();
                Statement grant = connection.createStatement()) {
            grant.execute(
                    "grant select on all tables in schema traces to %1$s; grant insert on traces.%2$s to %1$s"
                            .formatted(writer, DecisionTable.NAME));
            assertMissing(asWriter, "delete on table " + DecisionTable.NAME);
            grant.execute("grant delete on traces.%s to %s".formatted(DecisionTable.NAME, writer));
        }
        assertMissing(asWriter);
        assertThatCode(() -> check(asWriter)).doesNotThrowAnyException();
    }

    private static void assertMissing(Database database, String... privileges) throws Exception {
        assertMissing(database, DecisionTable.NAME, Usage.ROWS, privileges);
    }

    private static void assertMissing(
            Database database, String table, Usage usage, String... privileges) throws Exception {
        try (Connection connection = database.connect()) {
            assertThat(Privileges.missing(connection, database, table, usage))
                    .containsExactlyInAnyOrder(privileges);
        }
    }

    @Test
    void whoWritesAnInventoryMayAlsoChangeIt(PostgresServer server, PostgresDatabase fresh)
            throws Exception {
        String writer = server.user();
        SchemaMigration.run(fresh.asDatabase());
        fresh.execute(
                "grant select on all tables in schema public to %1$s; grant insert, delete on apm_host to %1$s"
                        .formatted(writer));
        Database asWriter = fresh.asDatabase(writer, "public");
        assertMissing(asWriter, "apm_host", Usage.CHANGING_ROWS, "update on table apm_host");
        fresh.execute("grant update on apm_host to " + writer);
        assertMissing(asWriter, "apm_host", Usage.CHANGING_ROWS);
    }

    @Test
    void whoWritesMetricsOwnsTheirTables(PostgresServer server, PostgresDatabase fresh)
            throws Exception {
        String maker = server.user();
        String writer = server.user();
        fresh.execute("create schema traces");
        fresh.execute("grant usage, create on schema traces to " + maker);
        Database asMaker = fresh.asDatabase(maker, "traces");
        Database asWriter = fresh.asDatabase(writer, "traces");
        SchemaMigration.run(asMaker);

        assertMissing(asMaker, RedTable.NAME, Usage.PARTITIONS);
        assertMissing(
                asWriter,
                RedTable.NAME,
                Usage.PARTITIONS,
                "usage on schema traces",
                "create on schema traces",
                "select on table tailrace_schema_history",
                "select on table " + RedTable.NAME,
                "insert on table " + RedTable.NAME,
                "update on table " + RedTable.NAME,
                "ownership of table " + RedTable.NAME);
        server.grant(maker, writer);
        assertMissing(asWriter, RedTable.NAME, Usage.PARTITIONS);
    }

    @Test
    void doesNotTouchWhatANewerProgramMade(PostgresDatabase fresh) throws Exception {
        SchemaMigration.run(fresh.asDatabase());
        fresh.execute(
                "insert into %1$s select 99, '99', description, type, script, checksum, installed_by, installed_on, execution_time, success from %1$s where version = '1'"
                        .formatted(SchemaVersion.HISTORY));

        assertThatThrownBy(() -> check(fresh.asDatabase()))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("is at version 99")
                .hasMessageContaining("only up to " + SchemaVersion.NEEDED);
        assertThatThrownBy(() -> SchemaMigration.run(fresh.asDatabase()))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("is at version 99");
    }

    @Test
    void saysWhatKeepsAMigrationFromWorking(PostgresDatabase fresh) throws Exception {
        fresh.execute("create table apm_sampling_decision (mine text)");

        assertThatThrownBy(() -> SchemaMigration.run(fresh.asDatabase()))
                .hasMessageContaining("cannot be migrated")
                .hasMessageContaining("already exists");
        assertThatThrownBy(() -> check(fresh.asDatabase())).hasMessageContaining("version 0");
    }
}
