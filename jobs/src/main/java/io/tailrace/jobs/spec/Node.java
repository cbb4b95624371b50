package io.tailrace.jobs.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** YAML as written: aliases and merge keys are resolved, types and references are not. */
public sealed interface Node {

    Location location();

    /**
     * @param text without quotes
     * @param plain whether it was written without quotes
     * @param absent whether it stands for nothing: {@code null}, {@code ~} or empty
     */
    record Scalar(String text, boolean plain, boolean absent, Location location) implements Node {}

    record Sequence(List<Node> elements, Location location) implements Node {}

    /**
     * @param location of the key that names it, if any: that is where a missing key is looked for
     */
    record Mapping(Map<String, Entry> entries, Location location) implements Node {

        Mapping with(Entry entry) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            changed.put(entry.key(), entry);
            return new Mapping(changed, location);
        }
    }

    /**
     * @param location of the key
     */
    record Entry(String key, Location location, Node value) {}

    default boolean isAbsent() {
        return this instanceof Scalar scalar && scalar.absent();
    }
}
