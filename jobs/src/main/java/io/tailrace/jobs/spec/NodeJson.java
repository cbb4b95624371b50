package io.tailrace.jobs.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.math.BigInteger;

/** YAML as JSON, by the core schema of YAML 1.2: what an editor holds against the JSON Schema. */
final class NodeJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private NodeJson() {}

    static JsonNode of(Node node) {
        if (node instanceof Node.Mapping mapping) {
            ObjectNode object = JSON.objectNode();
            mapping.entries().forEach((key, entry) -> object.set(key, of(entry.value())));
            return object;
        } else if (node instanceof Node.Sequence sequence) {
            ArrayNode array = JSON.arrayNode();
            sequence.elements().forEach(element -> array.add(of(element)));
            return array;
        }
        Node.Scalar scalar = (Node.Scalar) node;
        if (scalar.absent()) {
            return JSON.nullNode();
        }
        return scalar.plain() ? plain(scalar.text()) : JSON.textNode(scalar.text());
    }

    private static JsonNode plain(String text) {
        if (text.matches("true|True|TRUE|false|False|FALSE")) {
            return JSON.booleanNode(Boolean.parseBoolean(text));
        } else if (text.matches("[-+]?[0-9]+")) {
            return JSON.numberNode(new BigInteger(text));
        } else if (text.matches("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")) {
            return JSON.numberNode(new BigDecimal(text));
        }
        return JSON.textNode(text);
    }
}
