package io.tailrace.sinks.jdbc.inventory;

import io.tailrace.sinks.inventory.ColumnValues;
import io.tailrace.sinks.inventory.JsonValue;
import io.tailrace.sinks.jdbc.RowValues;

import java.sql.SQLException;

/** Binds columns in the order in which they are shown. */
record BoundColumns(RowValues values) implements ColumnValues<SQLException> {

    @Override
    public void text(String column, String value) throws SQLException {
        values.text(value);
    }

    @Override
    public void whole(String column, long value) throws SQLException {
        values.whole(value);
    }

    @Override
    public void truth(String column, Boolean value) throws SQLException {
        values.truthOrNull(value);
    }

    @Override
    public void json(String column, JsonValue value) throws SQLException {
        values.json(value.text());
    }
}
