package io.tailrace.jobs.control.step;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/** Finds what a platform says of something that does not run. */
final class Said {

    private static final int MOST = 500;

    private Said() {}

    /** Its messages of errors, or else all messages, or else its status; in one line. */
    static String of(JsonNode shown) {
        List<String> errors = new ArrayList<>();
        List<String> all = new ArrayList<>();
        gather(shown, errors, all);
        List<String> said = errors.isEmpty() ? all : errors;
        String words =
                said.isEmpty()
                        ? "\"%s\" and no more".formatted(shown.path("status").asText("nothing"))
                        : '"' + String.join("; ", said.stream().distinct().toList()) + '"';
        String line = words.replaceAll("\\s+", " ");
        return line.length() <= MOST ? line : line.substring(0, MOST) + "...";
    }

    private static void gather(JsonNode json, List<String> errors, List<String> all) {
        if (json.isArray()) {
            json.forEach(each -> gather(each, errors, all));
        } else if (json.isObject()) {
            for (String key : new String[] {"message", "error", "error_message", "msg", "reason"}) {
                String text = json.path(key).asText("");
                if (!text.isBlank()) {
                    all.add(text);
                    String level = json.path("level").asText(json.path("status").asText(""));
                    if (level.matches("(?i)error|fatal|failure|failed")) {
                        errors.add(text);
                    }
                }
            }
            json.forEach(each -> gather(each, errors, all));
        }
    }
}
