package io.tailrace.sinks.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The SQL of a table's partitions, one a day, which bear the day in their names. */
final class PartitionStatements {

    private static final Pattern NAME = Pattern.compile(".*_p([0-9]{8})");
    private static final String OF_DAY = "%s_p%s";

    /** So short that those who come after a reader are not kept waiting behind it. */
    private static final String LOCK_TIMEOUT = "set local lock_timeout = '200ms'";

    private final Database database;
    private final String table;

    PartitionStatements(Database database, String table) {
        this.database = database;
        this.table = table;
    }

    /** Those that are there and have such a name. */
    SortedSet<LocalDate> days(Connection connection) throws SQLException {
        SortedSet<LocalDate> days = new TreeSet<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        select relname from pg_catalog.pg_inherits
                        join pg_catalog.pg_class on oid = inhrelid
                        where inhparent = cast(? as regclass)
                        """)) {
            statement.setString(1, database.qualified(table));
            try (ResultSet names = statement.executeQuery()) {
                while (names.next()) {
                    Matcher name = NAME.matcher(names.getString(1));
                    if (name.matches()) {
                        days.add(LocalDate.parse(name.group(1), DateTimeFormatter.BASIC_ISO_DATE));
                    }
                }
            }
        }
        return days;
    }

    /** Waits until no other transaction makes partitions of the table; until its end none will. */
    void lock(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            statement.setString(1, "tailrace: partitions of " + database.qualified(table));
            statement.execute();
        }
    }

    /** Made apart and then attached, so that it waits for no reader or writer of the table. */
    void make(Connection connection, LocalDate day) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table %s (like %s including all)"
                            .formatted(partition(day), database.qualified(table)));
            statement.execute(
                    "alter table %s attach partition %s for values from ('%s 00:00+00') to ('%s 00:00+00')"
                            .formatted(
                                    database.qualified(table),
                                    partition(day),
                                    day,
                                    day.plusDays(1)));
        }
    }

    /**
     * @throws SQLException with the state of a lock that is not available, where somebody reads or
     *     writes the table
     */
    void drop(Connection connection, LocalDate day) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK_TIMEOUT);
            statement.execute("drop table if exists " + partition(day));
        }
    }

    private String partition(LocalDate day) {
        return database.qualified(
                OF_DAY.formatted(table, day.format(DateTimeFormatter.BASIC_ISO_DATE)));
    }
}
