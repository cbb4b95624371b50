package io.tailrace.sinks.jdbc.schema;

import io.tailrace.sinks.jdbc.Database;
import io.tailrace.sinks.jdbc.decision.DecisionTable;
import io.tailrace.sinks.jdbc.inventory.InventoryTable;
import io.tailrace.sinks.jdbc.metrics.EdgeTable;
import io.tailrace.sinks.jdbc.metrics.RedTable;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import io.tailrace.sinks.testing.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code deploy/sql} says of applying migrations by hand, and of a user for jobs. */
@ExtendWith(PostgresExtension.class)
class AppliedByHandTest {

    private static final Path FOLDER = Path.of("..", "deploy", "sql");
    private static final String SCHEMA = "traces";

    private static void applyByHand(PostgresDatabase fresh) throws Exception {
        StringBuilder all = new StringBuilder("create schema traces; set search_path to traces;\n");
        for (Path migration : migrations()) {
            all.append(Files.readString(migration));
        }
        fresh.execute(all + Files.readString(FOLDER.resolve("applied-by-hand.sql")));
    }

    private static List<Path> migrations() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().startsWith("V"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aLaterMigrationGoesOnFromThere(PostgresDatabase fresh) throws Exception {
        applyByHand(fresh);

        assertThat(SchemaMigration.run(fresh.asDatabase(PostgresServer.USER, SCHEMA)))
                .isEqualTo(new SchemaMigration(SchemaVersion.NEEDED, SchemaVersion.NEEDED));
        assertThat(fresh.texts("select version from traces.tailrace_schema_history"))
                .containsExactly(Integer.toString(SchemaVersion.NEEDED));
    }

    /** As psql does it, but for quotes, which these names do not need. */
    private static void grant(PostgresDatabase database, String writer)
            throws IOException, SQLException {
        database.execute(
                Files.readString(FOLDER.resolve("grants.sql"))
                        .replace(":\"schema\"", SCHEMA)
                        .replace(":\"writer\"", writer));
    }

    @Test
    void theGrantsAreAllThatJobsNeedAndNoMore(PostgresServer server, PostgresDatabase fresh)
            throws Exception {
        String writer = server.user();
        Database asWriter = fresh.asDatabase(writer, SCHEMA);
        applyByHand(fresh);
        assertThat(missing(asWriter)).isNotEmpty();

        // Whoever gives tables away is a member of the one who gets them, or a superuser.
        server.grant(writer, PostgresServer.USER);
        grant(fresh, writer);

        assertThat(missing(asWriter)).isEmpty();
        try (Connection connection = asWriter.connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeQuery("select * from traces.apm_metric_red_ratios"))
                    .isNotNull();
        }
        assertThat(
                        fresh.texts(
                                """
                                select relname from pg_class
                                where relnamespace = 'traces'::regnamespace and relkind = 'r'
                                    and relname not like 'apm_metric_%%'
                                    and has_table_privilege('%s', oid, 'truncate')
                                """
                                        .formatted(writer)))
                .isEmpty();
    }

    private static List<String> missing(Database database) throws SQLException {
        List<String> missing = new ArrayList<>();
        try (Connection connection = database.connect()) {
            missing.addAll(missing(connection, database, DecisionTable.NAME, Usage.ROWS));
            missing.addAll(missing(connection, database, RedTable.NAME, Usage.PARTITIONS));
            missing.addAll(missing(connection, database, EdgeTable.NAME, Usage.PARTITIONS));
            for (String table : InventoryTable.names()) {
                missing.addAll(missing(connection, database, table, Usage.CHANGING_ROWS));
            }
        }
        return missing;
    }

    private static List<String> missing(
            Connection connection, Database database, String table, Usage usage)
            throws SQLException {
        return Privileges.missing(connection, database, table, usage);
    }
}
