package io.tailrace.jobs.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service answered: BlueKing's envelope of result, code, message and data, or JSON without
 * one.
 *
 * @param json missing where it is none
 */
record Answer(int status, JsonNode json, String text, Optional<String> location, String requestId) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_WORDS = 400;
    private static final Pattern TITLE =
            Pattern.compile("<title[^>]*>([^<]{1,200})", Pattern.CASE_INSENSITIVE);
    private static final Set<String> GOOD_CODES = Set.of("", "0", "00", "200", "1500200");

    static Answer of(HttpResponse<String> response) {
        JsonNode json = read(response.body());
        String inBody = json.path("request_id").asText("");
        String inHeader =
                response.headers()
                        .firstValue("X-Bkapi-Request-Id")
                        .or(() -> response.headers().firstValue("X-Request-Id"))
                        .orElse("-");
        return new Answer(
                response.statusCode(),
                json,
                response.body(),
                response.headers().firstValue("Location"),
                inBody.isEmpty() ? inHeader : inBody);
    }

    private static JsonNode read(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException other) {
            return MissingNode.getInstance();
        }
    }

    boolean isJson() {
        return json.isContainerNode();
    }

    boolean isHtml() {
        String start = text.stripLeading();
        return !isJson() && start.startsWith("<");
    }

    boolean isRedirect() {
        return status >= 300 && status < 400;
    }

    /** The service's own code; empty where it gave none. */
    String code() {
        return json.path("code").asText("");
    }

    /** Whether it says of itself that it is good, or says nothing of the kind. */
    boolean isGood() {
        JsonNode result = json.path("result");
        if (result.isValueNode()) {
            return result.asBoolean(!result.asText().equalsIgnoreCase("false"))
                    && !result.asText().equalsIgnoreCase("false");
        }
        return !json.path("message").isTextual() || GOOD_CODES.contains(code());
    }

    /** What was asked for. */
    JsonNode data() {
        return json.has("data") ? json.path("data") : json;
    }

    /** What the service said, in one line. */
    String words() {
        String message = json.path("message").asText("");
        JsonNode errors = json.path("errors");
        if (errors.isTextual() && !errors.asText().isEmpty()) {
            message += " (" + errors.asText() + ')';
        } else if (errors.isArray()) {
            for (JsonNode each : errors) {
                message +=
                        ' ' + (each.isTextual() ? StackText.cause(each.asText()) : each.toString());
            }
        } else if (errors.isObject() && !errors.isEmpty()) {
            message += ' ' + errors.toString();
        }
        if (message.isBlank()) {
            Matcher title = TITLE.matcher(text);
            message = title.find() ? "a page titled \"" + title.group(1).strip() + '"' : text;
        }
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() <= MOST_WORDS ? line : line.substring(0, MOST_WORDS) + "...";
    }
}
