package io.tailrace.sinks.jdbc;

import java.util.List;
import java.util.stream.Collectors;

/** The SQL of a table. */
final class Statements {

    private Statements() {}

    static String insert(Table<?, ?> table, Database database) {
        List<String> columns = table.columns();
        return "insert into %s as present (%s) values (%s) on conflict (%s) %s"
                .formatted(
                        database.qualified(table.name()),
                        String.join(", ", columns),
                        columns.stream().map(column -> "?").collect(Collectors.joining(", ")),
                        String.join(", ", table.keyColumns()),
                        table.onConflict());
    }

    /** With the values of the row's condition. */
    static String remove(ChangingTable<?, ?> table, Database database) {
        return "delete from %s where %s"
                .formatted(database.qualified(table.name()), table.removal());
    }

    /** With the values of the retention's condition, and the most that go at once. */
    static String expire(Table<?, ?> table, Retention retention, Database database) {
        return "delete from %1$s where ctid = any(array(select ctid from %1$s where %2$s order by %3$s limit ? %4$s))"
                .formatted(
                        database.qualified(table.name()),
                        retention.condition(),
                        retention.order(),
                        retention.locking());
    }
}
