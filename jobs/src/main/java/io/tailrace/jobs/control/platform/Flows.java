package io.tailrace.jobs.control.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.http.Call;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;
import io.tailrace.jobs.http.ServiceClient;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The API of the data platform for flows. */
public final class Flows {

    private static final String FLOWS = "/v3/dataflow/flow/flows";

    private final DataPlatform platform;

    public Flows(DataPlatform platform) {
        this.platform = platform;
    }

    /** Tries what makes something, and looks for it before it tries again. */
    public <T> T makeOnce(ServiceClient.Lookup<T> lookup, ServiceClient.Making<T> making)
            throws CallException, InterruptedException {
        return platform.makeOnce(lookup, making);
    }

    /** A flow of a project by its name. */
    public Optional<Flow> named(long projectId, String name)
            throws CallException, InterruptedException {
        JsonNode all =
                platform.send(
                        Call.get(
                                platform.query(FLOWS + "?project_id=" + projectId),
                                "list the flows of project " + projectId,
                                "project.retrieve on project " + projectId));
        for (JsonNode each : Lists.of(all)) {
            boolean same = each.path("project_id").asLong(projectId) == projectId;
            if (same && each.path("flow_name").asText().equals(name)) {
                return Optional.of(flow(Lists.number(each, "flow_id", "id"), each));
            }
        }
        return Optional.empty();
    }

    private static Flow flow(long id, JsonNode shown) {
        return new Flow(id, shown.path("flow_name").asText(), shown.path("status").asText());
    }

    /** A flow by its id. */
    public Optional<Flow> flow(long id) throws CallException, InterruptedException {
        try {
            JsonNode shown =
                    platform.send(
                            Call.get(
                                    platform.query(FLOWS + '/' + id),
                                    "read the flow " + id,
                                    "flow.retrieve on flow " + id));
            if (!shown.isObject() || shown.isEmpty()) {
                return Optional.empty();
            }
            boolean whole = shown.hasNonNull("status") || !shown.hasNonNull("project_id");
            return whole
                    ? Optional.of(flow(id, shown))
                    // Some sites tell the status in the list alone.
                    : named(shown.path("project_id").asLong(), shown.path("flow_name").asText());
        } catch (CallException failure) {
            if (failure.fault() == Fault.MISSING) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    public long create(long projectId, String name) throws CallException, InterruptedException {
        ObjectNode flow = DataPlatform.object().put("flow_name", name).put("project_id", projectId);
        JsonNode made =
                platform.send(
                        Call.make(
                                FLOWS + '/',
                                platform.body(flow),
                                "create the flow " + name,
                                "project.manage_flow on project " + projectId));
        return Lists.number(made, "flow_id", "id");
    }

    public void delete(long id) throws CallException, InterruptedException {
        platform.send(
                Call.delete(
                        FLOWS + '/' + id,
                        platform.body(DataPlatform.object()),
                        "delete the flow " + id,
                        "flow.delete on flow " + id));
    }

    /** The nodes of a flow. */
    public List<ShownNode> nodes(long id) throws CallException, InterruptedException {
        JsonNode graph =
                platform.send(
                        Call.get(
                                platform.query(FLOWS + '/' + id + "/graph"),
                                "read the graph of flow " + id,
                                "flow.retrieve on flow " + id));
        List<ShownNode> nodes = new ArrayList<>();
        JsonNode list = graph.isArray() ? graph : graph.path("nodes");
        list.forEach(each -> nodes.add(ShownNode.of(each)));
        return nodes;
    }

    public long addNode(long flowId, ObjectNode node, String name)
            throws CallException, InterruptedException {
        JsonNode made =
                platform.send(
                        Call.make(
                                FLOWS + '/' + flowId + "/nodes/",
                                platform.body(node),
                                "add the node %s to flow %d".formatted(name, flowId),
                                "flow.update on flow " + flowId));
        return Lists.number(made, "node_id", "id");
    }

    public void updateNode(long flowId, long nodeId, ObjectNode node, String name)
            throws CallException, InterruptedException {
        platform.send(
                Call.put(
                        FLOWS + '/' + flowId + "/nodes/" + nodeId,
                        platform.body(node),
                        "update the node %s of flow %d".formatted(name, flowId),
                        "flow.update on flow " + flowId));
    }

    /** Starts a flow, or starts it again. */
    public void start(long id, boolean again, Consuming consuming, String clusterGroup)
            throws CallException, InterruptedException {
        ObjectNode how =
                DataPlatform.object()
                        .put("consuming_mode", consuming.spelling())
                        .put("cluster_group", clusterGroup);
        platform.send(
                new Call(
                        "POST",
                        FLOWS + '/' + id + (again ? "/restart/" : "/start/"),
                        platform.body(how),
                        (again ? "restart the flow " : "start the flow ") + id,
                        "flow.execute on flow " + id,
                        // Starting again twice is as good as once; what runs cannot be started.
                        again));
    }

    public void stop(long id) throws CallException, InterruptedException {
        platform.send(
                Call.make(
                        FLOWS + '/' + id + "/stop/",
                        platform.body(DataPlatform.object()),
                        "stop the flow " + id,
                        "flow.execute on flow " + id));
    }

    /** What the platform says of the latest start of a flow; missing where it says nothing. */
    public JsonNode latestDeploy(long id) throws CallException, InterruptedException {
        return platform.send(
                Call.get(
                        platform.query(FLOWS + '/' + id + "/latest_deploy_data/"),
                        "read the latest deploy of flow " + id,
                        "flow.retrieve on flow " + id));
    }
}
