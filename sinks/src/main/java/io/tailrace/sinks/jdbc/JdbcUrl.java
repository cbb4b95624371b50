package io.tailrace.sinks.jdbc;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.ValueCheck;
import org.postgresql.Driver;

import java.util.Map;

/** The address of a PostgreSQL database, without what has a key of its own. */
public final class JdbcUrl implements ValueCheck<String> {

    private static final String PREFIX = "jdbc:postgresql:";

    /** Parameters of the driver that have keys here, and those keys. */
    private static final Map<String, String> KEYS =
            Map.of(
                    "user", "user",
                    "currentSchema", "schema",
                    "connectTimeout", "connect_timeout",
                    "socketTimeout", "socket_timeout");

    @Override
    public void check(String url, Checked.Problems problems) {
        if (JdbcSinkSettings.holdsSecret(url)) {
            // What is told here is told with the value; the settings tell it without.
            return;
        }
        if (!url.startsWith(PREFIX) || Driver.parseURL(url, null) == null) {
            problems.expected("", "an address such as jdbc:postgresql://127.0.0.1:5432/apm");
            return;
        }
        KEYS.forEach(
                (parameter, key) -> {
                    if (JdbcSinkSettings.hasParameter(url, parameter)) {
                        problems.expected("", key + " under its own key, not in the url");
                    }
                });
    }
}
