package io.tailrace.sinks.jdbc.schema;

import io.tailrace.sinks.jdbc.Database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

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
            join (values (?, 'select'), (?, 'select'), (?, 'insert'), (?, 'delete'))
                as needed (name, privilege) on name = relname
            where nspname = ? and relkind in ('r', 'p')
                and not has_table_privilege(tables.oid, privilege)
            """;

    private Privileges() {}

    /**
     * @param table whose rows are written and deleted
     * @return those that are missing, in words such as {@code insert on table t}
     */
    static List<String> missing(Connection connection, Database database, String table)
            throws SQLException {
        List<String> missing = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(MISSING)) {
            statement.setString(1, database.schema());
            statement.setString(2, SchemaVersion.HISTORY);
            statement.setString(3, table);
            statement.setString(4, table);
            statement.setString(5, table);
            statement.setString(6, database.schema());
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    missing.add(found.getString(1));
                }
            }
        }
        return missing;
    }
}
