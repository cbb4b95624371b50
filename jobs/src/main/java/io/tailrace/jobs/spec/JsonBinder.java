package io.tailrace.jobs.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads whatever is written as JSON, with references replaced; what holds one is a text. */
final class JsonBinder {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ScalarBinder scalars;

    JsonBinder(ScalarBinder scalars) {
        this.scalars = scalars;
    }

    /** A {@link JsonNode}, or {@link Binder#UNREADABLE}. */
    Object bind(Node node, KeyPath path) {
        if (node instanceof Node.Mapping mapping) {
            ObjectNode object = JSON.objectNode();
            boolean readable = true;
            for (Node.Entry entry : mapping.entries().values()) {
                Object value = bind(entry.value(), path.key(entry.key()));
                readable &= value != Binder.UNREADABLE;
                if (value instanceof JsonNode json) {
                    object.set(entry.key(), json);
                }
            }
            return readable ? object : Binder.UNREADABLE;
        } else if (node instanceof Node.Sequence sequence) {
            ArrayNode array = JSON.arrayNode();
            boolean readable = true;
            for (int i = 0; i < sequence.elements().size(); i++) {
                Object value = bind(sequence.elements().get(i), path.index(i));
                readable &= value != Binder.UNREADABLE;
                if (value instanceof JsonNode json) {
                    array.add(json);
                }
            }
            return readable ? array : Binder.UNREADABLE;
        }
        Node.Scalar scalar = (Node.Scalar) node;
        Object text = scalars.text(scalar, path, false);
        if (text == Binder.UNREADABLE) {
            return text;
        }
        return text instanceof Substitution substitution && substitution.referenced()
                ? JSON.textNode(substitution.value())
                : NodeJson.of(scalar);
    }
}
