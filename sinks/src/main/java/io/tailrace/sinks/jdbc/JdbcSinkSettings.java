package io.tailrace.sinks.jdbc;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;
import org.postgresql.Driver;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** A sink {@code jdbc}: what all tables of PostgreSQL have in common. */
public record JdbcSinkSettings(
        @Setting(
                        "The database, as jdbc:postgresql://HOST:PORT/NAME; parameters of the driver"
                                + " may follow, such as ?sslmode=verify-full")
                String url,
        @Setting("The user") String user,
        @Setting(value = "The user's password, where it needs one", optional = true, secret = true)
                String password,
        @Setting(value = "The schema that the tables are in", defaultsTo = "public") String schema,
        @Setting(
                        value = "Rows are written once there are so many",
                        defaultsTo = "1000",
                        least = 1,
                        most = 100_000)
                int batchRows,
        @Setting(
                        value = "Rows are written after this long, also if they are few",
                        defaultsTo = "1s",
                        least = 10)
                Duration flushInterval,
        @Setting(
                        value =
                                "How long rows are tried again while the database is away; then the"
                                        + " job fails and goes on from its last checkpoint",
                        defaultsTo = "2m",
                        least = 1000)
                Duration retryTime,
        @Setting(
                        value = "How long a connection may take to be made",
                        defaultsTo = "10s",
                        least = 1000,
                        most = 3_600_000)
                Duration connectTimeout,
        @Setting(
                        value = "How long the database may take to answer",
                        defaultsTo = "30s",
                        least = 1000,
                        most = 3_600_000)
                Duration socketTimeout)
        implements Checked, Serializable {

    private static final String PREFIX = "jdbc:postgresql:";
    private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    /** Parameters of the driver that have keys here, and those keys. */
    private static final Map<String, String> KEYS =
            Map.of(
                    "user", "user",
                    "password", "password",
                    "currentSchema", "schema",
                    "connectTimeout", "connect_timeout",
                    "socketTimeout", "socket_timeout");

    @Override
    public void check(Problems problems) {
        // What is told at the password's key is told without the value.
        if (url.contains("@") || parameter("password")) {
            problems.expected("password", "the password under this key, and none in url");
        } else if (!url.startsWith(PREFIX) || Driver.parseURL(url, null) == null) {
            problems.expected("url", "an address such as jdbc:postgresql://127.0.0.1:5432/apm");
        } else {
            KEYS.forEach(
                    (parameter, key) -> {
                        if (parameter(parameter)) {
                            problems.expected("url", key + " under its own key, not in the url");
                        }
                    });
        }
        if (!SCHEMA.matcher(schema).matches()) {
            problems.expected(
                    "schema",
                    "at most 63 lower-case letters, digits and underscores, no digit first");
        }
        if (user.isBlank()) {
            problems.expected("user", "a user's name");
        }
    }

    private boolean parameter(String name) {
        return url.contains("?" + name + "=") || url.contains("&" + name + "=");
    }

    /** Without the password, as records are written to logs. */
    @Override
    public String toString() {
        return "JdbcSinkSettings[url=" + url + ", user=" + user + ", schema=" + schema + "]";
    }
}
