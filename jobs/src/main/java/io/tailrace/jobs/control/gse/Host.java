package io.tailrace.jobs.control.gse;

import com.fasterxml.jackson.databind.node.ArrayNode;

/**
 * A host with an agent.
 *
 * @param agentId null where the address tells it
 */
public record Host(long cloudId, String ip, String agentId) {

    boolean hasId() {
        return agentId != null;
    }

    /** The agent's id, or {@code cloud:ip}, which is that of older agents. */
    public String key() {
        return agentId == null ? cloudId + ":" + ip : agentId;
    }

    /**
     * @param text an agent's id, {@code cloud:ip}, or an ip of cloud 0
     */
    public static Host of(String text) {
        if (text.matches("[0-9]+:[0-9a-fA-F.:]+")) {
            int colon = text.indexOf(':');
            return new Host(
                    Long.parseLong(text.substring(0, colon)), text.substring(colon + 1), null);
        }
        return text.matches("[0-9]+(\\.[0-9]+){3}")
                ? new Host(0, text, null)
                : new Host(0, null, text);
    }

    void addTo(ArrayNode hosts) {
        hosts.addObject().put("ip", ip).put("bk_cloud_id", cloudId);
    }
}
