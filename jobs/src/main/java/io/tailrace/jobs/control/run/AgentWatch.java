package io.tailrace.jobs.control.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.gse.Host;
import io.tailrace.jobs.control.report.Reporter;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which agents are alive. What was asked lately is believed; one that is lost is reported once. */
public final class AgentWatch {

    private final Site site;

    public AgentWatch(Site site) {
        this.site = site;
    }

    /** The state of an agent, and when it was asked for. */
    public record AgentState(Host host, boolean alive, Instant asked) {}

    /**
     * @param believed how long an answer is
     */
    public List<AgentState> of(List<Host> hosts, Duration believed)
            throws IOException, InterruptedException {
        JsonNode known = site.state().agents();
        Instant now = site.time().now().truncatedTo(ChronoUnit.SECONDS);
        Map<Host, AgentState> states = new LinkedHashMap<>();
        List<Host> unknown = new ArrayList<>();
        for (Host host : hosts) {
            JsonNode before = known.path(host.key());
            Instant asked =
                    before.has("asked") ? Instant.parse(before.path("asked").asText()) : null;
            if (asked != null && asked.plus(believed).isAfter(now)) {
                states.put(host, new AgentState(host, before.path("alive").asBoolean(), asked));
            } else {
                unknown.add(host);
            }
        }
        Map<Host, Boolean> alive = site.agents().alive(unknown);
        report(known, alive);
        alive.forEach((host, is) -> states.put(host, new AgentState(host, is, now)));
        remember(known, states);
        return hosts.stream().map(states::get).toList();
    }

    private void report(JsonNode known, Map<Host, Boolean> alive) throws InterruptedException {
        List<Reporter.Event> lost = new ArrayList<>();
        alive.forEach(
                (host, is) -> {
                    if (!is && known.path(host.key()).path("alive").asBoolean(true)) {
                        lost.add(
                                new Reporter.Event(
                                        "tailrace_agent_lost",
                                        "the agent of %s is not alive".formatted(host.key()),
                                        Map.of("host", host.key())));
                    }
                });
        Reporter reporter = site.reporter();
        if (reporter != null && !lost.isEmpty()) {
            reporter.raise(lost);
        }
    }

    private void remember(JsonNode known, Map<Host, AgentState> states) throws IOException {
        ObjectNode agents =
                known instanceof ObjectNode before
                        ? before.deepCopy()
                        : JsonNodeFactory.instance.objectNode();
        states.forEach(
                (host, state) ->
                        agents.putObject(host.key())
                                .put("alive", state.alive())
                                .put("asked", state.asked().toString()));
        site.state().agents(agents);
    }
}
