package io.tailrace.sinks.jdbc.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.operators.discovery.Entity;
import io.tailrace.sinks.testing.PostgresDatabase;

import java.util.ArrayList;
import java.util.List;

/** What an inventory's tables hold. */
final class Rows {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Rows() {}

    /** Of one table as JSON, times in milliseconds. */
    static List<JsonNode> of(PostgresDatabase database, Entity entity) throws Exception {
        List<JsonNode> rows = new ArrayList<>();
        for (String row :
                database.texts(
                        """
                        select to_jsonb(row) || jsonb_build_object(
                            'first_seen', (extract(epoch from first_seen) * 1000)::bigint,
                            'last_seen', (extract(epoch from last_seen) * 1000)::bigint,
                            'expires_at', (extract(epoch from expires_at) * 1000)::bigint)
                        from apm_%s as row order by id
                        """
                                .formatted(entity.text()))) {
            rows.add(JSON.readTree(row));
        }
        return rows;
    }

    /** Of all tables. */
    static List<JsonNode> of(PostgresDatabase database) throws Exception {
        List<JsonNode> rows = new ArrayList<>();
        for (Entity entity : Entity.values()) {
            rows.addAll(of(database, entity));
        }
        return rows;
    }

    static void clear(PostgresDatabase database) throws Exception {
        database.execute("truncate " + String.join(", ", InventoryTable.names()));
    }
}
