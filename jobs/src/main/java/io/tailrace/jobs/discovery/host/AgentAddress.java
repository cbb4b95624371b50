package io.tailrace.jobs.discovery.host;

/**
 * Whose state is asked for.
 *
 * @param host where it runs
 * @param cloudId of the host's cloud area
 * @param agentId empty where nobody said
 */
record AgentAddress(HostAddress host, long cloudId, String agentId) {

    static AgentAddress of(HostAddress host, HostEntry entry) {
        return new AgentAddress(host, entry.cloudId(), entry.agentId());
    }

    /** As hosts are named where there are no ids of agents. */
    String cloudAndIp() {
        return cloudId + ":" + host.ip();
    }

    /** The agent's own id, or else what an agent without one is named by. */
    String id() {
        return agentId.isEmpty() ? cloudAndIp() : agentId;
    }
}
