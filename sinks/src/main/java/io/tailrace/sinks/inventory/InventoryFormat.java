package io.tailrace.sinks.inventory;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tailrace.operators.discovery.InventoryChange;
import io.tailrace.sinks.message.JsonFormat;

import java.io.IOException;
import java.util.Locale;

/**
 * A change of an inventory as JSON: what the thing is, what becomes of it ({@code upsert} or {@code
 * expire}), its columns under the names that they have in tables, and when it was seen. Of a thing
 * that has gone only what tells it apart.
 */
public final class InventoryFormat implements JsonFormat<InventoryChange> {

    private static final long serialVersionUID = 1L;

    @Override
    public void write(InventoryChange change, JsonGenerator json) throws IOException {
        json.writeStringField("entity", change.item().entity().text());
        json.writeStringField("op", change.operation().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("biz_id", change.application().bizId());
        json.writeStringField("app_name", change.application().name());
        Columns columns = Columns.of(change.item().entity());
        ColumnValues<IOException> members = new Members(json);
        columns.showIdentity(change, members);
        switch (change.operation()) {
            case UPSERT -> columns.showDetails(change, members);
            case EXPIRE -> {}
        }
        json.writeNumberField("first_seen_ms", change.firstSeen());
        json.writeNumberField("last_seen_ms", change.lastSeen());
    }

    /** The members of an object. */
    private record Members(JsonGenerator json) implements ColumnValues<IOException> {

        @Override
        public void text(String column, String value) throws IOException {
            json.writeStringField(column, value);
        }

        @Override
        public void whole(String column, long value) throws IOException {
            json.writeNumberField(column, value);
        }

        @Override
        public void truth(String column, Boolean value) throws IOException {
            json.writeFieldName(column);
            if (value == null) {
                json.writeNull();
            } else {
                json.writeBoolean(value);
            }
        }

        @Override
        public void json(String column, JsonValue value) throws IOException {
            json.writeFieldName(column);
            value.write(json);
        }
    }
}
