package io.tailrace.jobs.control.step;

import io.tailrace.jobs.control.change.Action;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.change.Differences;
import io.tailrace.jobs.control.platform.Flow;
import io.tailrace.jobs.control.state.ApplicationStatus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Flows that this program made and the spec has no more are gone. */
final class FormerFlowsStep implements Step {

    private final Work work;
    private final Ending ending;
    private final Set<String> wanted;

    /**
     * @param wanted the names of the flows that the spec has
     */
    FormerFlowsStep(Work work, Set<String> wanted) {
        this.work = work;
        this.ending = new Ending(work);
        this.wanted = Set.copyOf(wanted);
    }

    @Override
    public String name() {
        return "former flows";
    }

    @Override
    public ApplicationStatus failure() {
        return ApplicationStatus.CONFIG_FLOW_FAILED;
    }

    @Override
    public List<Change> look() throws IOException, InterruptedException {
        Set<String> former = new LinkedHashSet<>();
        work.memory().get("flows").fieldNames().forEachRemaining(former::add);
        former.removeAll(wanted);
        List<Change> changes = new ArrayList<>();
        for (String name : former) {
            Optional<Flow> flow = ending.flow(name);
            if (flow.isEmpty()) {
                forget(name);
                continue;
            }
            changes.add(
                    new Change(
                            Action.DELETE,
                            "flow " + name,
                            Differences.one("flow", name, "none"),
                            "",
                            () -> delete(flow.get())));
        }
        return changes;
    }

    private void delete(Flow flow) throws IOException, InterruptedException {
        ending.stop(flow);
        ending.delete(flow);
        forget(flow.name());
    }

    private void forget(String name) throws IOException {
        List<String> objects = new ArrayList<>();
        work.memory().get("sent").fieldNames().forEachRemaining(objects::add);
        for (String object : objects) {
            if (object.startsWith(NodesStep.object(name, ""))) {
                work.forget(object);
            }
        }
        work.memory().forget("flows", name);
    }
}
