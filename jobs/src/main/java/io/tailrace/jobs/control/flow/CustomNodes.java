package io.tailrace.jobs.control.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.spec.Custom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Nodes as the spec has them, behind one that reads the application's table. */
final class CustomNodes {

    private CustomNodes() {}

    static List<FlowNode> of(Nodes nodes, String flow, Custom custom) {
        List<FlowNode> all = new ArrayList<>(List.of(nodes.source(flow)));
        Map<String, String> tables = new HashMap<>(Map.of(Custom.SOURCE, nodes.sourceTable()));
        for (Custom.CustomNode node : custom.nodes()) {
            List<String> read = node.inputs().stream().map(tables::get).toList();
            ObjectNode config = nodes.config(node.name(), read.get(0));
            read.stream().skip(1).forEach(config.withArrayProperty("from_result_table_ids")::add);
            if (node.table() == null) {
                config.put("result_table_id", read.get(0));
            } else {
                config.put("table_name", node.table()).put("output_name", node.table());
                tables.put(node.name(), nodes.tableId(node.table()));
            }
            if (node.config() != null) {
                for (Map.Entry<String, JsonNode> each : node.config().properties()) {
                    config.set(each.getKey(), each.getValue());
                }
            }
            all.add(new FlowNode(node.name(), node.type(), node.inputs(), config));
        }
        return all;
    }
}
