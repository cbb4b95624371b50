package io.tailrace.jobs.control.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.change.Action;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.platform.Consuming;
import io.tailrace.jobs.control.platform.Flow;
import io.tailrace.jobs.control.state.ApplicationStatus;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

/** The flow is there. */
final class FlowStep implements Step {

    private final FlowWork flow;

    FlowStep(FlowWork flow) {
        this.flow = flow;
    }

    @Override
    public String name() {
        return "flow " + flow.name();
    }

    @Override
    public ApplicationStatus failure() {
        return ApplicationStatus.CONFIG_FLOW_FAILED;
    }

    @Override
    public List<Change> look() throws IOException, InterruptedException {
        Optional<Flow> found = flow.find();
        if (found.isPresent()) {
            if (!flow.isRemembered(found.get().id())) {
                checkOurs(found.get());
                // Nobody knows whether it was started again after its nodes were last changed.
                flow.rememberRestart(Consuming.CONTINUE);
            }
            flow.id(found.get().id());
            return List.of();
        }
        ObjectNode wanted =
                instance.objectNode()
                        .put("flow_name", flow.name())
                        .put("project_id", flow.wanted().projectId());
        return List.of(
                new Change(
                        Action.CREATE,
                        "flow " + flow.name(),
                        flow.work().allOf(wanted),
                        "",
                        this::create));
    }

    @Override
    public String state() {
        return flow.id() == null ? "" : "flow id " + flow.id();
    }

    /** A flow of the same name that reads another table is somebody else's. */
    private void checkOurs(Flow found) throws IOException, InterruptedException {
        Optional<String> foreign = FlowOwner.foreignTable(flow.work(), found);
        if (foreign.isPresent()) {
            throw new CallException(
                    Fault.TAKEN,
                    "the flow name %s is taken by somebody else: flow %d of project %d reads %s; give another one with flows[].name"
                            .formatted(
                                    flow.name(),
                                    found.id(),
                                    flow.wanted().projectId(),
                                    foreign.get()));
        }
    }

    private void create() throws IOException, InterruptedException {
        try {
            flow.id(
                    flow.flows()
                            .makeOnce(
                                    () -> flow.find().map(Flow::id),
                                    () ->
                                            flow.flows()
                                                    .create(
                                                            flow.wanted().projectId(),
                                                            flow.name())));
        } catch (CallException failure) {
            throw Taken.inWords(failure, "flow", flow.name(), "flows[].name");
        }
    }
}
