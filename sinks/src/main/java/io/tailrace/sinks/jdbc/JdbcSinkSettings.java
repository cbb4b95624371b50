package io.tailrace.sinks.jdbc;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.time.Duration;
import java.util.regex.Pattern;

import static java.util.regex.Pattern.CASE_INSENSITIVE;
import static java.util.regex.Pattern.DOTALL;

/** A sink {@code jdbc}: what all tables of PostgreSQL have in common. */
public record JdbcSinkSettings(
        @Setting(
                        value =
                                "The database, as jdbc:postgresql://HOST:PORT/NAME; parameters of the driver"
                                        + " may follow, such as ?sslmode=verify-full",
                        check = JdbcUrl.class)
                String url,
        @Setting("The user") String user,
        @Setting(value = "The user's password, where it needs one", optional = true, secret = true)
                String password,
        @Setting(
                        value = "The schema that the tables are in",
                        defaultsTo = "public",
                        check = SchemaName.class)
                String schema,
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

    /** A parameter for a password of any kind, also where the URL is not the driver's. */
    private static final Pattern PASSWORDS =
            Pattern.compile(".*[?&;][^=&;]*password.*", CASE_INSENSITIVE | DOTALL);

    @Override
    public void check(Problems problems) {
        // What is told at the password's key, or at none, is told without the value.
        if (url.contains("@") || hasParameter(url, "password")) {
            problems.expected("password", "the password under this key, and none in url");
        } else if (holdsSecret(url)) {
            problems.expected("", "a url without passwords among its parameters");
        }
        if (user.isBlank()) {
            problems.expected("user", "a user's name");
        }
    }

    /** Whether there may be a password in a URL, be it right or wrong. */
    public static boolean holdsSecret(String url) {
        return url.contains("@") || PASSWORDS.matcher(url).matches();
    }

    static boolean hasParameter(String url, String name) {
        return url.contains("?" + name + "=") || url.contains("&" + name + "=");
    }

    /** As users know it: the URL without parameters, which may name files and keys. */
    String address() {
        return url.split("\\?", 2)[0];
    }

    /** Without the password and parameters, as records are written to logs. */
    @Override
    public String toString() {
        return "JdbcSinkSettings[url=" + address() + ", user=" + user + ", schema=" + schema + "]";
    }
}
