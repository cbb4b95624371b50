package io.tailrace.jobs.control.step;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.jobs.control.change.Action;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.change.Difference;
import io.tailrace.jobs.control.change.Differences;
import io.tailrace.jobs.control.platform.FlowStatus;
import io.tailrace.jobs.control.state.ApplicationStatus;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The cleaning runs, and runs what is configured. */
final class CleaningRunsStep implements Step {

    private final Work work;
    private final String table;
    private String state = "";

    CleaningRunsStep(Work work) {
        this.work = work;
        this.table = work.application().resultTableId();
    }

    @Override
    public String name() {
        return "cleaning runs";
    }

    @Override
    public ApplicationStatus failure() {
        return ApplicationStatus.CONFIG_CLEANS_START_FAILED;
    }

    @Override
    public List<Change> look() throws IOException, InterruptedException {
        String object = "cleaning " + table;
        Optional<String> status = status();
        state = status.orElse("");
        if (work.memory().isPaused()) {
            return List.of();
        }
        if (status.isEmpty()) {
            return List.of(new Change(Action.START, object, List.of(), "", this::start));
        }
        boolean changed =
                work.cleaningChanges() || !work.memory().get(CleaningStep.CHANGED).isMissingNode();
        return switch (FlowStatus.of(status.get())) {
            case RUNNING ->
                    changed
                            ? List.of(
                                    new Change(
                                            Action.RESTART, object, cause(), "", this::startAgain))
                            : List.of();
            case STARTING ->
                    List.of(
                            new Change(
                                    Action.START,
                                    object,
                                    Differences.one("status", status.get(), "running"),
                                    "it is starting already",
                                    this::await));
            case NO_START, STOPPING, FAILURE, OTHER ->
                    List.of(
                            new Change(
                                    Action.START,
                                    object,
                                    Differences.one("status", status.get(), "running"),
                                    "",
                                    this::start));
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

    private Optional<String> status() throws CallException, InterruptedException {
        return work.rawDataId() == null
                ? Optional.empty()
                : work.platform()
                        .cleaning(work.rawDataId(), table)
                        .map(each -> each.path("status").asText());
    }

    private void start() throws IOException, InterruptedException {
        startOnce();
        work.memory().forget(CleaningStep.CHANGED);
        await();
    }

    private void startOnce() throws CallException, InterruptedException {
        work.platform()
                .makeOnce(
                        this::begun,
                        () -> {
                            work.platform().startCleaning(table, false);
                            return table;
                        });
    }

    private void startAgain() throws IOException, InterruptedException {
        try {
            work.platform().startCleaning(table, true);
        } catch (CallException failure) {
            if (failure.fault() != Fault.REFUSED && failure.fault() != Fault.TAKEN) {
                throw failure;
            }
            // What runs cannot be started here.
            new Ending(work).stopCleaning();
            startOnce();
        }
        work.memory().forget(CleaningStep.CHANGED);
        await();
    }

    /** It follows from the cleaning's change, unless that was done by a run before. */
    private List<Difference> cause() {
        return work.cleaningChanges()
                ? List.of()
                : Differences.one("rules", "as before", "as configured");
    }

    private Optional<String> begun() throws CallException, InterruptedException {
        return status().filter(
                        each ->
                                FlowStatus.of(each) == FlowStatus.RUNNING
                                        || FlowStatus.of(each) == FlowStatus.STARTING);
    }

    private void await() throws IOException, InterruptedException {
        work.waiting()
                .until(
                        "the cleaning " + table + " runs",
                        work.spec().platform().cleaningWait(),
                        tries -> {
                            JsonNode shown =
                                    work.platform()
                                            .cleaning(work.rawDataId(), table)
                                            .orElseThrow(() -> gone());
                            FlowStatus status = FlowStatus.of(shown.path("status").asText());
                            if (status == FlowStatus.FAILURE) {
                                throw new CallException(
                                        Fault.UNFULFILLED,
                                        "the cleaning %s does not start; the platform says %s"
                                                .formatted(table, Said.of(shown)));
                            }
                            return status == FlowStatus.RUNNING
                                    ? Optional.of(status)
                                    : Optional.empty();
                        });
    }

    private CallException gone() {
        return new CallException(
                Fault.UNFULFILLED, "the cleaning %s is gone while it starts".formatted(table));
    }
}
