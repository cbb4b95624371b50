package io.tailrace.jobs.discovery.heartbeat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.operators.discovery.HostLost;
import io.tailrace.operators.input.DeadLetter.Reason;
import io.tailrace.operators.input.UnreadableException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GSE's basic alarms: {@code {"value": [event, ..]}}, where an event of lost heartbeats has {@code
 * "extra": {"type": 2, "host": [{"cloudid", "bizid", "ip" or "agent_id"}, ..]}}. Numbers may be
 * texts.
 */
final class HeartbeatFormat {

    private static final String LOST = "2";

    /** As agents were named before they had ids of their own. */
    private static final Pattern CLOUD_AND_IP = Pattern.compile("([0-9]{1,18}):([0-9a-fA-F.:]+)");

    private final ObjectMapper json =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * @throws UnreadableException where the record has no list of events
     */
    List<JsonNode> events(byte[] record) throws UnreadableException {
        JsonNode root;
        try {
            root = json.readTree(record);
        } catch (JacksonException malformed) {
            throw new UnreadableException(Reason.MALFORMED_JSON, malformed.getOriginalMessage());
        } catch (IOException impossible) {
            throw new UnreadableException(Reason.MALFORMED_JSON, impossible.toString());
        }
        JsonNode events = root.path("value");
        if (!events.isArray()) {
            throw new UnreadableException(
                    Reason.UNEXPECTED_VALUE, "A heartbeat record without a list \"value\"");
        }
        return elements(events);
    }

    static boolean isLost(JsonNode event) {
        return event.path("extra").path("type").asText().equals(LOST);
    }

    /**
     * @throws UnreadableException where there is no list of hosts
     */
    static List<JsonNode> hosts(JsonNode event) throws UnreadableException {
        JsonNode hosts = event.path("extra").path("host");
        if (!hosts.isArray()) {
            throw new UnreadableException(
                    Reason.UNEXPECTED_VALUE, "An event of lost heartbeats without a list \"host\"");
        }
        return elements(hosts);
    }

    private static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }

    /**
     * @throws UnreadableException where it does not say which host
     */
    static HostLost lost(JsonNode host, long time) throws UnreadableException {
        long business = number(host, "bizid");
        long cloud = number(host, "cloudid");
        String ip = text(host, "ip");
        String agent = text(host, "agent_id");
        if (ip.isEmpty() && agent.isEmpty()) {
            throw new UnreadableException(
                    Reason.UNEXPECTED_VALUE, "A host without \"ip\" and \"agent_id\"");
        }
        Matcher former = CLOUD_AND_IP.matcher(agent);
        return ip.isEmpty() && former.matches()
                ? new HostLost(
                        business, Long.parseLong(former.group(1)), former.group(2), agent, time)
                : new HostLost(business, cloud, ip, agent, time);
    }

    private static String text(JsonNode host, String name) throws UnreadableException {
        JsonNode value = host.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw new UnreadableException(
                    Reason.UNEXPECTED_VALUE, "\"%s\" of a host is no text".formatted(name));
        }
        return value.textValue().strip();
    }

    private static long number(JsonNode host, String name) throws UnreadableException {
        JsonNode value = host.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        try {
            return Long.parseLong(value.asText().strip());
        } catch (NumberFormatException wrong) {
            throw new UnreadableException(
                    Reason.UNEXPECTED_VALUE, "\"%s\" of a host is no whole number".formatted(name));
        }
    }

    /** As a dead letter has it. */
    static byte[] bytes(JsonNode host) {
        return host.toString().getBytes(StandardCharsets.UTF_8);
    }
}
