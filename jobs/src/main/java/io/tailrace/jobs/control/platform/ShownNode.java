package io.tailrace.jobs.control.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A node of a flow as the platform shows it. */
public record ShownNode(long id, String type, JsonNode config) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static ShownNode of(JsonNode node) {
        JsonNode config = node.has("node_config") ? node.path("node_config") : node.path("config");
        return new ShownNode(
                Lists.number(node, "node_id", "id"),
                node.path("node_type").asText(),
                config.isTextual() ? read(config.asText()) : config);
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException none) {
            return JSON.createObjectNode();
        }
    }

    public String name() {
        return config.path("name").asText();
    }
}
