package io.tailrace.jobs.control.step;

import io.tailrace.jobs.control.change.Action;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.change.Difference;
import io.tailrace.jobs.control.change.Differences;
import io.tailrace.jobs.control.platform.Consuming;
import io.tailrace.jobs.control.platform.Flow;
import io.tailrace.jobs.control.platform.FlowStatus;
import io.tailrace.jobs.control.state.ApplicationStatus;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The flow runs, and runs what is configured. */
final class FlowRunsStep implements Step {

    /** So often a flow may say that it was not started before that is looked into. */
    private static final int PATIENCE = 3;

    private final FlowWork flow;
    private String state = "";

    FlowRunsStep(FlowWork flow) {
        this.flow = flow;
    }

    @Override
    public String name() {
        return "flow " + flow.name() + " runs";
    }

    @Override
    public ApplicationStatus failure() {
        return ApplicationStatus.CONFIG_FLOW_FAILED;
    }

    @Override
    public List<Change> look() throws IOException, InterruptedException {
        if (flow.id() == null) {
            return flow.work().memory().isPaused()
                    ? List.of()
                    : List.of(change(Action.START, List.of(), Consuming.FROM_TAIL));
        }
        Flow now = shown();
        state = now.said();
        if (flow.work().memory().isPaused()) {
            return List.of();
        }
        List<Difference> differences = Differences.one("status", now.said(), "running");
        Consuming restart = flow.restart();
        return switch (now.status()) {
            case RUNNING -> restart == null ? List.of() : List.of(restart(restart));
            case STARTING ->
                    restart == null
                            ? List.of(
                                    new Change(
                                            Action.START,
                                            "flow " + flow.name(),
                                            differences,
                                            "it is starting already",
                                            this::awaitRunning))
                            : List.of(restart(restart));
            case NO_START, STOPPING -> List.of(change(Action.START, differences, flow.begin()));
            case FAILURE, OTHER ->
                    List.of(
                            change(
                                    Action.RESTART,
                                    differences,
                                    restart == null ? Consuming.CONTINUE : restart));
        };
    }

    @Override
    public boolean starts() {
        return true;
    }

    @Override
    public String state() {
        return state;
    }

    /** It follows from a node's change; where that was done by a run before, it is told itself. */
    private Change restart(Consuming from) {
        return change(
                Action.RESTART,
                flow.isChangePending()
                        ? Differences.one("nodes", "as before", "as configured")
                        : List.of(),
                from);
    }

    private Change change(Action action, List<Difference> differences, Consuming from) {
        return new Change(
                action,
                "flow " + flow.name(),
                differences,
                from.spelling(),
                () -> start(action == Action.RESTART, from));
    }

    private Flow shown() throws CallException, InterruptedException {
        return flow.flows()
                .flow(flow.id())
                .orElseThrow(
                        () ->
                                new CallException(
                                        Fault.UNFULFILLED,
                                        "the flow %s is listed, but cannot be read"
                                                .formatted(flow.name())));
    }

    /** Starts it, or starts it again, and waits until it runs. */
    void start(boolean again, Consuming from) throws IOException, InterruptedException {
        if (again) {
            flow.flows().start(flow.id(), true, from, flow.wanted().clusterGroup());
        } else {
            startOnce(from);
        }
        flow.restarted();
        await(again);
        flow.seen("running");
    }

    private void startOnce(Consuming from) throws IOException, InterruptedException {
        awaitStopped();
        flow.flows()
                .makeOnce(
                        this::begun,
                        () -> {
                            flow.flows()
                                    .start(flow.id(), false, from, flow.wanted().clusterGroup());
                            return flow.id();
                        });
    }

    private Optional<Long> begun() throws CallException, InterruptedException {
        FlowStatus status = shown().status();
        return status == FlowStatus.STARTING || status == FlowStatus.RUNNING
                ? Optional.of(flow.id())
                : Optional.empty();
    }

    private void awaitStopped() throws IOException, InterruptedException {
        flow.work()
                .waiting()
                .until(
                        "the flow " + flow.name() + " has stopped",
                        flow.work().spec().platform().flowWait(),
                        tries ->
                                shown().status() == FlowStatus.STOPPING
                                        ? Optional.empty()
                                        : Optional.of(flow.id()));
    }

    /**
     * @param again whether it may still say for a moment what it was before
     */
    private void await(boolean again) throws IOException, InterruptedException {
        flow.work()
                .waiting()
                .until(
                        "the flow " + flow.name() + " runs",
                        flow.work().spec().platform().flowWait(),
                        tries -> {
                            FlowStatus status = shown().status();
                            boolean stale = again && tries < PATIENCE;
                            if (status == FlowStatus.FAILURE && !stale
                                    || status == FlowStatus.NO_START
                                            && tries >= PATIENCE
                                            && hasFailed()) {
                                throw failed();
                            }
                            return status == FlowStatus.RUNNING
                                    ? Optional.of(status)
                                    : Optional.empty();
                        });
    }

    private void awaitRunning() throws IOException, InterruptedException {
        await(false);
        flow.seen("running");
    }

    private boolean hasFailed() throws CallException, InterruptedException {
        String status = flow.flows().latestDeploy(flow.id()).path("status").asText();
        return FlowStatus.of(status) == FlowStatus.FAILURE;
    }

    private CallException failed() throws InterruptedException {
        String said;
        try {
            said = Said.of(flow.flows().latestDeploy(flow.id()));
        } catch (CallException unknown) {
            said = "nothing of why (" + unknown.getMessage() + ')';
        }
        return new CallException(
                Fault.UNFULFILLED,
                "the flow %s does not start; the platform says %s".formatted(flow.name(), said));
    }
}
