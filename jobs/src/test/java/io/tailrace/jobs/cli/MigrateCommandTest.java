package io.tailrace.jobs.cli;

import io.tailrace.sinks.jdbc.schema.SchemaVersion;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import io.tailrace.sinks.testing.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a user is told of databases before a job starts. */
@ExtendWith(PostgresExtension.class)
class MigrateCommandTest {

    private static final String PASSWORD = "${" + PostgresServer.PASSWORD_VARIABLE + "}";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    private static String sink(String url, String user, String password, String more) {
        return "{ jdbc: { url: \"%s\", user: %s, password: \"%s\"%s } }"
                .formatted(url, user, password, more);
    }

    private static String sink(PostgresDatabase database, String more) {
        return sink(database.url(), PostgresServer.USER, PASSWORD, more);
    }

    private int tailrace(String command, String... decisions) throws IOException {
        Path spec =
                Files.writeString(
                        folder.resolve("spec.yaml"),
                        """
                        kind: tail-sampling
                        name: reach
                        source: { generator: { count: 1 } }
                        tail_sampling: { policies: [ { name: all, type: always_sample } ] }
                        sinks: { decisions: [ %s ] }
                        """
                                .formatted(String.join(", ", decisions)));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        int exitCode =
                Tailrace.execute(
                        new PrintWriter(out), new PrintWriter(err), command, spec.toString());
        assertThat(out.toString() + err)
                .as("what is printed")
                .doesNotContain(PostgresServer.password())
                .doesNotContain("\tat ");
        return exitCode;
    }

    private List<String> printed() {
        return out.toString().lines().toList();
    }

    private void assertError(String... parts) {
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("tailrace: ")
                .contains(parts);
    }

    @Test
    void migratesEverySchemaOfASpec(PostgresDatabase database) throws Exception {
        String[] sinks = {
            sink(database, ""), "{ file: { path: out } }", sink(database, ", schema: more")
        };
        String first = "The schema public of " + database.url();
        String second = "The schema more of " + database.url();

        assertThat(tailrace("run", sinks)).isEqualTo(1);
        assertError(
                first
                        + " is at version 0, this program needs "
                        + SchemaVersion.NEEDED
                        + "; run: ./tailrace migrate SPEC");

        assertThat(tailrace("migrate", sinks)).isZero();
        assertThat(printed())
                .containsExactly(
                        first + " went from version 0 to %d.".formatted(SchemaVersion.NEEDED),
                        second + " went from version 0 to %d.".formatted(SchemaVersion.NEEDED));

        assertThat(tailrace("migrate", sinks)).isZero();
        assertThat(printed())
                .containsExactly(
                        first + " is up to date at version %d.".formatted(SchemaVersion.NEEDED),
                        second + " is up to date at version %d.".formatted(SchemaVersion.NEEDED));
    }

    @Test
    void migratesOnceWhatSinksOfSeveralStreamsShare(PostgresDatabase database) throws Exception {
        Path spec =
                Files.writeString(
                        folder.resolve("spec.yaml"),
                        """
                        kind: pipeline
                        name: reach
                        source: { generator: { count: 1 } }
                        tail_sampling: { policies: [ { name: all, type: always_sample } ] }
                        virtual_metrics: {}
                        sinks: { decisions: [ %1$s ], metrics: [ %1$s ] }
                        """
                                .formatted(sink(database, "")));
        Tailrace.execute(new PrintWriter(out), new PrintWriter(err), "migrate", spec.toString());
        assertThat(printed())
                .containsExactly(
                        "The schema public of %s went from version 0 to %d."
                                .formatted(database.url(), SchemaVersion.NEEDED));
    }

    @Test
    void twoSinksOfOneSchemaAreRefused() throws Exception {
        String address = "jdbc:postgresql://db/apm";
        assertThat(
                        tailrace(
                                "migrate",
                                sink(address, "me", PASSWORD, ""),
                                sink(address, "me", PASSWORD, ", schema: more"),
                                "{ file: { path: out } }",
                                sink(
                                        "jdbc:postgresql://db:5432/apm?ssl=true",
                                        "other",
                                        PASSWORD,
                                        ", rows: all, retention: 1d"),
                                sink("jdbc:postgresql://db/apm2", "me", PASSWORD, "")))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .filteredOn(line -> line.contains("decisions["))
                .singleElement()
                .asString()
                .contains("sinks.decisions[3].jdbc: does not fit", "than that of decisions[0]");
    }

    @Test
    void aSchemaOfANewerProgramIsTold(PostgresDatabase database) throws Exception {
        assertThat(tailrace("migrate", sink(database, ""))).isZero();
        database.execute("update tailrace_schema_history set version = '99' where version = '1'");
        for (String command : List.of("run", "migrate")) {
            assertThat(tailrace(command, sink(database, ""))).isEqualTo(1);
            assertError(database.url(), "is at version 99", "only up to " + SchemaVersion.NEEDED);
        }
    }

    @Test
    void aPasswordThatIsRefusedIsToldInOneLine(PostgresDatabase database) throws Exception {
        String wrong = sink(database.url(), PostgresServer.USER, "${HOME}", "");
        for (String command : List.of("run", "migrate")) {
            assertThat(tailrace(command, wrong)).isEqualTo(1);
            assertError(database.url(), "refuses the user \"tailrace\"");
        }
    }

    @Test
    void privilegesThatAreMissingAreToldBeforeTheStart(
            PostgresServer server, PostgresDatabase database) throws Exception {
        String user = server.user();
        assertThat(tailrace("migrate", sink(database, ""))).isZero();
        database.execute("grant select on all tables in schema public to " + user);

        assertThat(tailrace("run", sink(database.url(), user, PASSWORD, ""))).isEqualTo(1);
        assertError(
                "The user \"%s\" cannot write to the schema public of %s; missing: "
                        .formatted(user, database.url()),
                "insert on table apm_sampling_decision",
                "delete on table apm_sampling_decision");
    }

    @Test
    void aHostThatIsUnknownIsNamed() throws Exception {
        String nowhere = sink("jdbc:postgresql://nowhere.invalid/apm", "me", PASSWORD, "");
        assertThat(tailrace("run", nowhere)).isEqualTo(1);
        assertError("does not answer", "UnknownHostException: nowhere.invalid");
    }

    @Test
    void aDatabaseThatIsNotThereIsToldInOneLine(PostgresDatabase database) throws Exception {
        for (String command : List.of("run", "migrate")) {
            assertThat(
                            tailrace(
                                    command,
                                    sink("jdbc:postgresql://127.0.0.1:1/apm", "me", PASSWORD, "")))
                    .isEqualTo(1);
            assertError("The database jdbc:postgresql://127.0.0.1:1/apm does not answer");

            String missing = database.url() + "_missing";
            assertThat(tailrace(command, sink(missing, PostgresServer.USER, PASSWORD, "")))
                    .isEqualTo(1);
            assertError("The database " + missing + " cannot be used", "does not exist");
        }
    }

    @Test
    void aSpecWithoutTablesHasNothingToMigrate() throws Exception {
        assertThat(tailrace("migrate", "{ file: { path: out } }")).isZero();
        assertThat(printed()).singleElement().asString().contains("no jdbc sinks");
    }

    @Test
    void everyMistakeInASinkIsToldAndNoPasswordIsShown() throws Exception {
        assertThat(
                        tailrace(
                                "migrate",
                                "{ jdbc: { url: \"postgres://me:opensesame@db/apm\", user: me } }",
                                "{ jdbc: { url: \"jdbc:mysql://db/apm\", user: me, schema: A } }",
                                "{ jdbc: { url: \"jdbc:postgresql://db/apm?password=opensesame\","
                                        + " user: me } }",
                                "{ jdbc: { url: \"jdbc:postgresql://db/apm?currentSchema=x\", user:"
                                        + " me, password: opensesame } }",
                                "{ jdbc: { url: \"jdbc:postgresql://db/apm\", user: me, batch_rows:"
                                        + " 0, rows: some } }",
                                "{ jdbc: { url: \"jdbc:postgresql://db/apm?ssl=true&sslPassword="
                                        + "opensesame\", user: me } }",
                                "{ jdbc: { url: \"jdbc:mysql://db/apm?trustStorePassword=opensesame"
                                        + "\", user: \" \" } }",
                                "{ jdbc: { url: \"jdbc:mysql://db/apm;password=opensesame\", user:"
                                        + " me, schema: A, batch_rows: 0 } }"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "decisions[0].jdbc.password",
                        "decisions[1].jdbc.url",
                        "such as jdbc:postgresql://",
                        "decisions[1].jdbc.schema",
                        "decisions[2].jdbc.password",
                        "decisions[3].jdbc.url",
                        "schema under its own key",
                        "decisions[3].jdbc.password",
                        "decisions[4].jdbc.batch_rows",
                        "decisions[4].jdbc.rows",
                        "decisions[5].jdbc: does not fit; expected a url without passwords",
                        "decisions[6].jdbc: does not fit; expected a url without passwords",
                        "decisions[6].jdbc.user",
                        "decisions[7].jdbc.schema",
                        "decisions[7].jdbc.batch_rows")
                .doesNotContain("opensesame");
    }
}
