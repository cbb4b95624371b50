package io.tailrace.jobs.control.spec;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.OneOf;
import io.tailrace.operators.settings.Setting;
import io.tailrace.sinks.jdbc.JdbcSinkSettings;
import io.tailrace.sinks.jdbc.JdbcUrl;
import io.tailrace.sinks.jdbc.SchemaName;

import java.nio.file.Path;
import java.time.Duration;

/** Where what was done is remembered: in one of these. */
@OneOf
public record StateSettings(
        @Setting(value = "A file", optional = true) FileState file,
        @Setting(
                        value =
                                "A table of PostgreSQL, tailrace_control_state, made where it is missing",
                        optional = true)
                JdbcState jdbc) {

    /** A file. */
    public record FileState(
            @Setting(value = "The file", defaultsTo = "out/control-state.json") Path path) {}

    /** A database. */
    public record JdbcState(
            @Setting(
                            value = "The database, as jdbc:postgresql://HOST:PORT/NAME",
                            check = JdbcUrl.class)
                    String url,
            @Setting("The user") String user,
            @Setting(value = "The user's password", optional = true, secret = true) String password,
            @Setting(
                            value = "The schema that the table is in",
                            defaultsTo = "public",
                            check = SchemaName.class)
                    String schema)
            implements Checked {

        /** As tables of sinks are reached. */
        public JdbcSinkSettings connection() {
            return new JdbcSinkSettings(
                    url,
                    user,
                    password,
                    schema,
                    1,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30));
        }

        @Override
        public void check(Problems problems) {
            connection().check(problems);
        }

        @Override
        public String toString() {
            return "JdbcState[" + user + "]";
        }
    }
}
