package io.tailrace.jobs.control.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;

/** An answer in BlueKing's envelope. */
record Reply(int status, JsonNode json) {

    private static final int LONGEST_NAME = 50;

    /** Ends a call that is refused. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Reply reply;

        Refusal(Reply reply) {
            this.reply = reply;
        }

        Reply reply() {
            return reply;
        }
    }

    static Reply of(JsonNode data) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("result", true)
                        .put("code", "00")
                        .put("message", "ok");
        json.set("data", data);
        json.set("errors", NullNode.getInstance());
        return new Reply(200, json.put("request_id", "req-1"));
    }

    static Reply of(boolean data) {
        return of(JsonNodeFactory.instance.booleanNode(data));
    }

    static Reply of(List<? extends JsonNode> data) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        data.forEach(each -> array.add(each.deepCopy()));
        return of(array);
    }

    /** With status 200, as the platform does it. */
    static Reply refusal(String code, String message) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("result", false)
                        .put("code", code)
                        .put("message", message);
        json.set("data", NullNode.getInstance());
        return new Reply(200, json.put("request_id", "req-2"));
    }

    static Reply notFound(String path) {
        return new Reply(404, refusal("1600404", "no route for " + path).json());
    }

    static Refusal refused(String message) {
        return new Refusal(refusal("1500002", message));
    }

    static void need(boolean condition, String what) {
        if (!condition) {
            throw refused("needed: " + what);
        }
    }

    /** Fields that must be there, and say something. */
    static void needFields(JsonNode object, String... fields) {
        for (String field : fields) {
            need(
                    object.hasNonNull(field)
                            && !(object.path(field).isTextual()
                                    && object.path(field).asText().isEmpty()),
                    "field " + field);
        }
    }

    static String name(JsonNode object, String field) {
        needFields(object, field);
        String name = object.path(field).asText();
        need(name.length() <= LONGEST_NAME, field + " of at most 50 characters");
        need(name.matches("[A-Za-z0-9_]+"), field + " of letters, digits and underscores");
        return name;
    }
}
