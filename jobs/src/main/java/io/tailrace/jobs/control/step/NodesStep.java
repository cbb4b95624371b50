package io.tailrace.jobs.control.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.change.Action;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.change.Difference;
import io.tailrace.jobs.control.flow.FlowNode;
import io.tailrace.jobs.control.platform.Consuming;
import io.tailrace.jobs.control.platform.ShownNode;
import io.tailrace.jobs.control.state.ApplicationStatus;
import io.tailrace.jobs.http.CallException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The flow has its nodes, and they are as they should be. */
final class NodesStep implements Step {

    private final FlowWork flow;
    private final Map<String, Long> ids = new HashMap<>();
    private int foreign;

    NodesStep(FlowWork flow) {
        this.flow = flow;
    }

    @Override
    public String name() {
        return "nodes of " + flow.name();
    }

    @Override
    public ApplicationStatus failure() {
        return ApplicationStatus.CONFIG_FLOW_FAILED;
    }

    @Override
    public List<Change> look() throws IOException, InterruptedException {
        Map<String, ShownNode> there = flow.id() == null ? Map.of() : there();
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < flow.wanted().nodes().size(); i++) {
            FlowNode node = flow.wanted().nodes().get(i);
            int place = i;
            ShownNode shown = there.get(node.key());
            if (shown == null) {
                changes.add(
                        new Change(
                                Action.CREATE,
                                "node " + node.name(),
                                flow.work().allOf(node.config()),
                                node.type(),
                                () -> add(node, place)));
                flow.changes(Consuming.CONTINUE);
                continue;
            }
            ids.put(node.key(), shown.id());
            List<Difference> differences =
                    flow.work().differences(object(node), node.config(), shown.config(), true);
            if (!differences.isEmpty()) {
                Consuming from = from(differences);
                flow.changes(from);
                changes.add(
                        new Change(
                                Action.UPDATE,
                                "node " + node.name(),
                                differences,
                                node.type(),
                                () -> update(node, place, shown.id(), from)));
            }
        }
        return changes;
    }

    /** What was computed of another query does not go on from where it was. */
    private static Consuming from(List<Difference> differences) {
        return differences.stream().anyMatch(each -> FlowNode.isSql(each.field()))
                ? Consuming.FROM_TAIL
                : Consuming.CONTINUE;
    }

    private String object(FlowNode node) {
        return object(flow.name(), node.key());
    }

    /** By which it is remembered what was sent of a node. */
    static String object(String flow, String key) {
        return "node " + flow + ' ' + key;
    }

    @Override
    public String state() {
        return foreign == 0
                ? ids.size() + " nodes"
                : "%d nodes, and %d that the spec does not have and the platform does not delete"
                        .formatted(ids.size(), foreign);
    }

    /** The nodes that are there, by the keys of those that they are. */
    private Map<String, ShownNode> there() throws CallException, InterruptedException {
        List<ShownNode> unknown = new ArrayList<>(flow.flows().nodes(flow.id()));
        Map<String, ShownNode> there = new LinkedHashMap<>();
        for (FlowNode node : flow.wanted().nodes()) {
            unknown.stream()
                    .filter(node::isShownAs)
                    .findFirst()
                    .or(() -> named(node, unknown))
                    .ifPresent(
                            shown -> {
                                there.put(node.key(), shown);
                                unknown.remove(shown);
                            });
        }
        foreign = unknown.size();
        return there;
    }

    private static Optional<ShownNode> named(FlowNode node, List<ShownNode> nodes) {
        return nodes.stream()
                .filter(each -> each.type().equals(node.type()))
                .filter(each -> each.name().equals(node.name()))
                .findFirst();
    }

    private Optional<Long> find(FlowNode node) throws CallException, InterruptedException {
        return Optional.ofNullable(there().get(node.key())).map(ShownNode::id);
    }

    private void add(FlowNode node, int place) throws IOException, InterruptedException {
        flow.rememberRestart(Consuming.CONTINUE);
        ObjectNode body = node.body(ids, place);
        ids.put(
                node.key(),
                flow.flows()
                        .makeOnce(
                                () -> find(node),
                                () ->
                                        flow.flows()
                                                .addNode(flow.id(), body.deepCopy(), node.name())));
        flow.work().sent(object(node), node.config());
    }

    private void update(FlowNode node, int place, long id, Consuming from)
            throws IOException, InterruptedException {
        flow.rememberRestart(from);
        flow.flows().updateNode(flow.id(), id, node.body(ids, place), node.name());
        flow.work().sent(object(node), node.config());
    }

    @Override
    public void settle() throws IOException, InterruptedException {
        Map<String, ShownNode> there = there();
        for (FlowNode node : flow.wanted().nodes()) {
            if (there.containsKey(node.key())) {
                flow.work().shown(object(node), there.get(node.key()).config());
            }
        }
    }
}
