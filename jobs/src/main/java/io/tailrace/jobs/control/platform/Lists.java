package io.tailrace.jobs.control.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Reads answers, whose shape differs from site to site. */
public final class Lists {

    private Lists() {}

    /** The elements of a list, also where it is one page of several, or keyed by something. */
    public static Iterable<JsonNode> of(JsonNode answer) {
        if (answer.isObject()) {
            for (String key : new String[] {"results", "list", "items", "info", "data"}) {
                if (answer.path(key).isArray()) {
                    return answer.path(key);
                }
            }
        }
        return answer.isArray() ? answer : JsonNodeFactory.instance.arrayNode();
    }

    /** The number under the first of some keys, or the whole answer where it is one. */
    public static long number(JsonNode answer, String... keys) {
        for (String key : keys) {
            if (answer.path(key).asLong() != 0) {
                return answer.path(key).asLong();
            }
        }
        return answer.asLong();
    }
}
