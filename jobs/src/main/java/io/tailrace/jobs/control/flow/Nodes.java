package io.tailrace.jobs.control.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.spec.Names;
import io.tailrace.jobs.control.spec.StorageSettings;

import java.util.List;

/** Makes the nodes of one application's flows. */
record Nodes(long bizId, String sourceTable) {

    static final String SOURCE = "source";

    /** The id of a table of this application's business. */
    String tableId(String table) {
        return bizId + "_" + table;
    }

    ObjectNode config(String name, String inputTable) {
        ObjectNode config =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", Names.fitting(name))
                        .put("bk_biz_id", bizId);
        config.putArray("from_result_table_ids").add(inputTable);
        return config;
    }

    /** Reads the application's table. */
    FlowNode source(String name) {
        ObjectNode config = config(name + "_source", sourceTable);
        return new FlowNode(
                SOURCE, "stream_source", List.of(), config.put("result_table_id", sourceTable));
    }

    /** Computes a table from another one, in SQL. */
    FlowNode realtime(String key, String input, String inputTable, String table, ObjectNode more) {
        ObjectNode config =
                config(table, inputTable).put("table_name", table).put("output_name", table);
        config.setAll(more);
        return new FlowNode(key, "realtime", List.of(input), config);
    }

    /** Stores a table. */
    FlowNode storage(String key, String type, String input, String table, StorageSettings storage) {
        ObjectNode config =
                config(table + "_storage", tableId(table))
                        .put("result_table_id", tableId(table))
                        .put("cluster", storage.cluster())
                        .put("expires", storage.expiresDays());
        return new FlowNode(key, type, List.of(input), config);
    }
}
