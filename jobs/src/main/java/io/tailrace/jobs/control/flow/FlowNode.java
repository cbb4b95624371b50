package io.tailrace.jobs.control.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.platform.ShownNode;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A node as a flow is to have it.
 *
 * @param key tells it from the others of its flow, also after their configuration changed
 * @param type as the platform knows it
 * @param inputs the keys of the nodes before it
 */
public record FlowNode(String key, String type, List<String> inputs, ObjectNode config) {

    private static final int STEP = 300;
    private static final int ORIGIN = 100;

    /** Its name in the flow. */
    public String name() {
        return config.path("name").asText();
    }

    /** Whether what runs must be started anew at the end of its input when this field changes. */
    public static boolean isSql(String field) {
        return field.equals("sql");
    }

    /** Whether a node of the platform's has the same inputs and output. */
    public boolean isShownAs(ShownNode shown) {
        return shown.type().equals(type) && identity(shown.config()).equals(identity(config));
    }

    /** The tables that a node reads, and the one that it makes. */
    private static String identity(JsonNode config) {
        TreeSet<String> inputs = new TreeSet<>();
        config.path("from_result_table_ids").forEach(each -> inputs.add(each.asText()));
        if (inputs.isEmpty()) {
            inputs.add(config.path("result_table_id").asText());
        }
        return inputs + " " + config.path("table_name").asText();
    }

    /**
     * What the platform is sent.
     *
     * @param ids of the nodes before it, by key
     * @param place among the nodes of its flow, from 0
     */
    public ObjectNode body(Map<String, Long> ids, int place) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode links = body.putArray("from_links");
        for (String input : inputs) {
            ObjectNode link = links.addObject();
            link.putObject("source")
                    .put("node_id", ids.get(input))
                    .put("id", "ch_" + ids.get(input))
                    .put("arrow", "Right");
            link.putObject("target").put("id", "bk_node_" + place).put("arrow", "Left");
        }
        body.put("node_type", type);
        body.set("config", config.deepCopy());
        body.putObject("frontend_info").put("x", ORIGIN + STEP * place).put("y", ORIGIN);
        return body;
    }
}
