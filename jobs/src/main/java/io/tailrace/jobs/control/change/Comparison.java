package io.tailrace.jobs.control.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tailrace.jobs.control.state.Fingerprints;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares what is wanted with what there is, field by field. A service shows less than it was
 * sent, shows it in other words, and adds fields of its own. So a field is as wanted where it is
 * shown so, or where it was sent so and is not shown, or is shown as it was right after.
 *
 * @param shown what the service shows now
 * @param sent what it was last sent; missing where that is not known
 * @param shownThen what it showed right after that
 * @param trusting whether a field that is neither shown nor known to have been sent is taken to be
 *     as wanted
 */
public record Comparison(JsonNode shown, JsonNode sent, JsonNode shownThen, boolean trusting) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of something that the service does not show at all. */
    public static Comparison ofUnseen(JsonNode sent) {
        return new Comparison(MissingNode.getInstance(), sent, MissingNode.getInstance(), false);
    }

    /** All fields of something that is to be made. */
    public static List<Difference> allOf(JsonNode wanted) {
        JsonNode none = MissingNode.getInstance();
        return new Comparison(none, none, none, false).differences(wanted);
    }

    /**
     * @param wanted with fingerprints for secrets, as all else here
     */
    public List<Difference> differences(JsonNode wanted) {
        List<Difference> differences = new ArrayList<>();
        compare("", wanted, shown, sent, shownThen, differences);
        return differences;
    }

    private void compare(
            String path,
            JsonNode wanted,
            JsonNode is,
            JsonNode before,
            JsonNode then,
            List<Difference> differences) {
        if (wanted.isObject() && (is.isObject() || is.isMissingNode())) {
            Set<String> keys = new LinkedHashSet<>();
            wanted.fieldNames().forEachRemaining(keys::add);
            before.fieldNames().forEachRemaining(keys::add);
            for (String key : keys) {
                compare(
                        path.isEmpty() ? key : path + '.' + key,
                        wanted.path(key),
                        is.path(key),
                        before.path(key),
                        then.path(key),
                        differences);
            }
        } else if (isListOfObjects(wanted) && isLike(wanted, is, before)) {
            for (int i = 0; i < wanted.size(); i++) {
                compare(
                        path + '[' + i + ']',
                        wanted.path(i),
                        is.path(i),
                        before.path(i),
                        then.path(i),
                        differences);
            }
        } else if (!isAsWanted(wanted, is, before, then)) {
            differences.add(new Difference(path, is.isMissingNode() ? before : is, wanted));
        }
    }

    private static boolean isListOfObjects(JsonNode json) {
        return json.isArray() && !json.isEmpty() && json.get(0).isObject();
    }

    /** Whether the elements of a list can be told apart by their places. */
    private static boolean isLike(JsonNode wanted, JsonNode is, JsonNode before) {
        boolean likeIs = is.isArray() && is.size() == wanted.size();
        boolean likeBefore = before.isArray() && before.size() == wanted.size();
        return likeIs || is.isMissingNode() && likeBefore;
    }

    private boolean isAsWanted(JsonNode wanted, JsonNode is, JsonNode before, JsonNode then) {
        boolean unseen =
                is.isMissingNode() || Fingerprints.isOne(wanted) && Fingerprints.isMasked(is);
        if (!unseen && same(wanted, is)) {
            return true;
        } else if (wanted.isMissingNode()) {
            return unseen && before.isMissingNode();
        } else if (!before.isMissingNode()) {
            return same(wanted, before) && (unseen || !then.isMissingNode() && same(is, then));
        }
        return unseen && trusting;
    }

    /**
     * Whether two values mean the same: {@code 60} and {@code "60"}, JSON however it is written.
     */
    static boolean same(JsonNode one, JsonNode other) {
        if (one.isValueNode() && other.isValueNode()) {
            return one.asText().equals(other.asText())
                    || one.isNumber() && other.isNumber() && one.asDouble() == other.asDouble()
                    || sameJson(one.asText(), other.asText());
        } else if (one.isArray() && other.isArray() && one.size() == other.size()) {
            Iterator<JsonNode> others = other.iterator();
            for (JsonNode each : one) {
                if (!same(each, others.next())) {
                    return false;
                }
            }
            return true;
        }
        return one.equals(other);
    }

    private static boolean sameJson(String one, String other) {
        if (!one.startsWith("{") && !one.startsWith("[")) {
            return false;
        }
        try {
            return JSON.readTree(one).equals(JSON.readTree(other));
        } catch (JsonProcessingException none) {
            return false;
        }
    }
}
