package io.tailrace.jobs.control.gse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.state.Fingerprints;

import java.util.Map;

/** Secrets that a service shows as stars. */
final class Masks {

    private Masks() {}

    /** A version that was shown, with the secrets of another one in the place of its stars. */
    static JsonNode lifted(JsonNode shown, JsonNode other) {
        if (!(shown instanceof ObjectNode object)) {
            boolean masked = Fingerprints.isMasked(shown) && !shown.asText().isEmpty();
            return masked && other.isTextual() ? other : shown;
        }
        ObjectNode lifted = Gse.object();
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            lifted.set(each.getKey(), lifted(each.getValue(), other.path(each.getKey())));
        }
        return lifted;
    }
}
