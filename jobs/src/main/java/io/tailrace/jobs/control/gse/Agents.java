package io.tailrace.jobs.control.gse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.platform.Lists;
import io.tailrace.jobs.control.spec.AgentsSettings.ProcessSettings;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What GSE says of agents and of processes beside them, and what it hands on to them. */
public final class Agents {

    private static final int MOST_HOSTS = 500;

    /** Of an agent that runs. */
    private static final int RUNNING = 2;

    private final Gse gse;

    public Agents(Gse gse) {
        this.gse = gse;
    }

    /** Whether agents are alive, by host; one that GSE says nothing of is not. */
    public Map<Host, Boolean> alive(List<Host> hosts) throws CallException, InterruptedException {
        Map<Host, Boolean> alive = new LinkedHashMap<>();
        for (List<Host> batch : batches(hosts.stream().filter(each -> !each.hasId()).toList())) {
            alive.putAll(byAddress(batch));
        }
        for (List<Host> batch : batches(hosts.stream().filter(Host::hasId).toList())) {
            alive.putAll(byId(batch));
        }
        return alive;
    }

    private static List<List<Host>> batches(List<Host> hosts) {
        List<List<Host>> batches = new ArrayList<>();
        for (int i = 0; i < hosts.size(); i += MOST_HOSTS) {
            batches.add(hosts.subList(i, Math.min(hosts.size(), i + MOST_HOSTS)));
        }
        return batches;
    }

    private Map<Host, Boolean> byAddress(List<Host> hosts)
            throws CallException, InterruptedException {
        ObjectNode body = Gse.object();
        hosts.forEach(each -> each.addTo(body.withArrayProperty("hosts")));
        JsonNode answer;
        try {
            answer = gse.ask("get_agent_status", body, "ask for the state of agents");
        } catch (CallException failure) {
            if (failure.fault() != Fault.MISSING) {
                throw failure;
            }
            // Newer sites may know agents by id alone, which is the address for older agents.
            return byId(hosts);
        }
        Map<Host, Boolean> alive = new LinkedHashMap<>();
        for (Host host : hosts) {
            alive.put(host, answer.path(host.key()).path("bk_agent_alive").asInt() == 1);
        }
        return alive;
    }

    private Map<Host, Boolean> byId(List<Host> hosts) throws CallException, InterruptedException {
        ObjectNode body = Gse.object();
        hosts.forEach(each -> body.withArrayProperty("agent_id_list").add(each.key()));
        JsonNode answer = gse.ask("cluster/list_agent_state", body, "ask for the state of agents");
        Map<String, Boolean> byId = new LinkedHashMap<>();
        Lists.of(answer)
                .forEach(
                        each ->
                                byId.put(
                                        each.path("bk_agent_id").asText(),
                                        each.path("status_code").asInt() == RUNNING));
        Map<Host, Boolean> alive = new LinkedHashMap<>();
        hosts.forEach(each -> alive.put(each, byId.getOrDefault(each.key(), false)));
        return alive;
    }

    /** What GSE says of a process on hosts, as it says it. */
    public JsonNode processes(List<Host> hosts, ProcessSettings process)
            throws CallException, InterruptedException {
        ObjectNode body = Gse.object().put("namespace", process.namespace());
        for (Host host : hosts) {
            if (host.hasId()) {
                body.withArrayProperty("agent_id_list").add(host.key());
            } else {
                host.addTo(body.withArrayProperty("hosts"));
            }
        }
        body.putObject("meta")
                .put("namespace", process.namespace())
                .put("name", process.name())
                .putObject("labels")
                .put("proc_name", process.name());
        return gse.ask("get_proc_status", body, "ask for the state of " + process.name());
    }

    /**
     * Hands a message on to agents.
     *
     * @param messageId at most 64 characters, by which GSE tells a message from another
     * @return what GSE answers, of each agent
     */
    public JsonNode dispatch(String messageId, List<Host> hosts, String content)
            throws CallException, InterruptedException {
        ObjectNode body = Gse.object().put("message_id", messageId).put("content", content);
        hosts.forEach(each -> body.withArrayProperty("agent_id_list").add(each.key()));
        if (gse.settings().slotId() != null) {
            body.put("slot_id", gse.settings().slotId());
        }
        if (gse.settings().token() != null) {
            body.put("token", gse.settings().token());
        }
        return gse.ask("cluster/dispatch_message", body, "dispatch a message");
    }
}
