package io.tailrace.jobs.testing;

import io.tailrace.plain.discovery.PlainSighting;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresServer;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The tables of an inventory in a test's database, and what rows are to be there. */
public final class InventoryRows {

    private InventoryRows() {}

    /** The block of a spec's sinks. */
    public static String sinks(PostgresDatabase database) {
        return """
        sinks:
          inventory:
            - jdbc: { url: "%s", user: %s, password: "${%s}", flush_interval: 100ms }
        """
                .formatted(database.url(), PostgresServer.USER, PostgresServer.PASSWORD_VARIABLE);
    }

    /** All rows, with their times in milliseconds. */
    public static List<String> of(PostgresDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            return io.tailrace.plain.discovery.InventoryRows.of(connection);
        }
    }

    /** All rows without their times. */
    public static List<String> withoutTimes(PostgresDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            return io.tailrace.plain.discovery.InventoryRows.withoutTimes(connection);
        }
    }

    /**
     * @param kept from when a thing was last seen until its row expires, in milliseconds
     */
    public static List<String> expected(List<PlainSighting> seen, long kept) {
        return seen.stream().map(each -> each.row(kept)).toList();
    }

    public static List<String> expectedWithoutTimes(List<PlainSighting> seen) {
        return seen.stream().map(PlainSighting::row).toList();
    }
}
