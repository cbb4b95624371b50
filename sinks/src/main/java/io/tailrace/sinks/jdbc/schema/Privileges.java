package io.tailrace.sinks.jdbc.schema;

import io.tailrace.sinks.jdbc.Database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What the user of a schema must be allowed there, asked before the first row fails. */
final class Privileges {

    /** Of tables that are not there nothing is missing: the version tells that. */
    private static final String MISSING =
            """
            select 'usage on schema ' || nspname from pg_catalog.pg_namespace
            where nspname = ? and not has_schema_privilege(oid, 'usage')
            union all
            select privilege || ' on table ' || relname
            from pg_catalog.pg_class tables
            join pg_catalog.pg_namespace schemas on schemas.oid = relnamespace
            join unnest(?, ?) as needed (name, privilege) on name = relname
            where nspname = ? and relkind in ('r', 'p')
                and not has_table_privilege(tables.oid, privilege)
            """;

    /** Who is not a member of the owner's role cannot attach and drop partitions. */
    private static final String MISSING_FOR_PARTITIONS =
            """
            union all
            select 'create on schema ' || nspname from pg_catalog.pg_namespace
            where nspname = ? and not has_schema_privilege(oid, 'create')
            union all
            select 'ownership of table ' || relname
            from pg_catalog.pg_class tables
            join pg_catalog.pg_namespace schemas on schemas.oid = relnamespace
            where relname = ? and nspname = ? and not pg_has_role(relowner, 'usage')
            """;

    private Privileges() {}

    /** Of the table itself. */
    private static List<String> needed(Usage usage) {
        return switch (usage) {
            case ROWS -> List.of("select", "insert", "delete");
            case CHANGING_ROWS -> List.of("select", "insert", "update", "delete");
            case PARTITIONS -> List.of("select", "insert", "update");
        };
    }

    /**
     * @param table which is written to
     * @return those that are missing, in words such as {@code insert on table t}
     */
    static List<String> missing(Connection connection, Database database, String table, Usage usage)
            throws SQLException {
        boolean partitions = usage == Usage.PARTITIONS;
        String query = partitions ? MISSING + MISSING_FOR_PARTITIONS : MISSING;
        List<String> needed = needed(usage);
        String[] names = new String[needed.size() + 1];
        Arrays.fill(names, table);
        names[0] = SchemaVersion.HISTORY;
        String[] privileges =
                Stream.concat(Stream.of("select"), needed.stream()).toArray(String[]::new);
        List<String> missing = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, database.schema());
            statement.setArray(2, connection.createArrayOf("text", names));
            statement.setArray(3, connection.createArrayOf("text", privileges));
            statement.setString(4, database.schema());
            if (partitions) {
                statement.setString(5, database.schema());
                statement.setString(6, table);
                statement.setString(7, database.schema());
            }
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    missing.add(found.getString(1));
                }
            }
        }
        return missing;
    }
}
