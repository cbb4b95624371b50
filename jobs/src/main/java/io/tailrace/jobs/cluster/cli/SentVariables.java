package io.tailrace.jobs.cluster.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The variables whose values are sent with a job. */
record SentVariables(Map<String, String> values) {

    /**
     * @param said each {@code NAME=VALUE}, or {@code NAME} for the value that it has here
     * @throws IllegalArgumentException in words, where it has none
     */
    static SentVariables of(List<String> said, Map<String, String> here) {
        Map<String, String> values = new TreeMap<>();
        for (String each : said) {
            String[] parts = each.split("=", 2);
            String value = parts.length == 2 ? parts[1] : here.get(parts[0]);
            if (value == null) {
                throw new IllegalArgumentException("--env: %s is not set here".formatted(parts[0]));
            }
            values.put(parts[0], value);
        }
        return new SentVariables(values);
    }

    Set<String> names() {
        return values.keySet();
    }

    /** Each as {@code NAME=VALUE}. */
    List<String> list() {
        return values.entrySet().stream()
                .map(each -> each.getKey() + '=' + each.getValue())
                .toList();
    }

    /** An environment in which these come first. */
    Map<String, String> before(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(values);
        return all;
    }
}
