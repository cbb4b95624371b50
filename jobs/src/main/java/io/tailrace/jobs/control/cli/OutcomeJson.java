package io.tailrace.jobs.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.change.Difference;
import io.tailrace.jobs.control.run.Outcome;
import io.tailrace.jobs.control.state.Fingerprints;

import java.util.List;
import java.util.Map;

/** What was found or done, as JSON. */
final class OutcomeJson {

    private OutcomeJson() {}

    static ObjectNode of(String spec, List<Outcome> outcomes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", spec);
        json.put("differences", outcomes.stream().mapToLong(Outcome::differing).sum());
        for (Outcome outcome : outcomes) {
            ObjectNode one = json.withArrayProperty("applications").addObject();
            one.put("application", outcome.application()).put("status", outcome.status());
            one.putArray("changes");
            outcome.changes().forEach(each -> change(one, each));
            outcome.failures().forEach(one.putArray("failures")::add);
            outcome.notes().forEach(one.putArray("notes")::add);
        }
        return json;
    }

    private static void change(ObjectNode application, Change change) {
        ObjectNode json =
                application
                        .withArrayProperty("changes")
                        .addObject()
                        .put("action", change.action().spelling())
                        .put("object", change.object())
                        .put("note", change.note());
        json.putArray("differences");
        for (Difference difference : change.differences()) {
            ObjectNode one = json.withArrayProperty("differences").addObject();
            one.put("field", difference.field());
            one.set("is", shown(difference.is()));
            one.set("wanted", shown(difference.wanted()));
        }
    }

    /** With stars for fingerprints, which are nobody's concern. */
    private static JsonNode shown(JsonNode json) {
        if (json instanceof MissingNode) {
            return NullNode.getInstance();
        } else if (Fingerprints.isOne(json)) {
            return JsonNodeFactory.instance.textNode("***");
        } else if (json.isArray()) {
            var copy = JsonNodeFactory.instance.arrayNode();
            json.forEach(each -> copy.add(shown(each)));
            return copy;
        } else if (json.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> each : json.properties()) {
                copy.set(each.getKey(), shown(each.getValue()));
            }
            return copy;
        }
        return json;
    }
}
