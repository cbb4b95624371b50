package io.tailrace.jobs.control.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.change.Action;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.change.Difference;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.state.ApplicationStatus;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The platform knows where the application's data comes from. It does not show what it was told.
 */
final class SourceStep implements Step {

    private static final String OBJECT = "source";

    private final Work work;
    private final ApplicationSpec application;
    private final ObjectNode plan;

    SourceStep(Work work) {
        this.work = work;
        this.application = work.application();
        this.plan = Bodies.deployPlan(application, work.spec().credentials().username());
    }

    @Override
    public String name() {
        return "source";
    }

    @Override
    public ApplicationStatus failure() {
        return ApplicationStatus.CONFIG_DEPLOY_FAILED;
    }

    @Override
    public List<Change> look() throws IOException, InterruptedException {
        String object = "raw data " + application.rawDataName();
        Optional<Long> found = find();
        if (found.isEmpty()) {
            return List.of(new Change(Action.CREATE, object, work.allOf(plan), "", this::create));
        }
        work.rawDataId(found.get());
        List<Difference> differences = work.unseen(OBJECT, plan);
        if (differences.isEmpty()) {
            return List.of();
        }
        boolean known = work.knowsWhatWasSent(OBJECT);
        String note = known ? "" : "found by its name, id " + found.get();
        Action action = known ? Action.UPDATE : Action.ADOPT;
        return List.of(new Change(action, object, differences, note, this::update));
    }

    @Override
    public String state() {
        return work.rawDataId() == null ? "" : "raw data id " + work.rawDataId();
    }

    private Optional<Long> find() throws CallException, InterruptedException {
        Optional<Long> found =
                work.platform().rawDataId(application.bizId(), application.rawDataName());
        Long dataId = application.source().dataId();
        if (dataId != null && found.isPresent() && !found.get().equals(dataId)) {
            throw new CallException(
                    Fault.TAKEN,
                    "the name %s is taken by the raw data %d, and so cannot be that of data id %d"
                            .formatted(application.rawDataName(), found.get(), dataId));
        }
        return found;
    }

    private void create() throws IOException, InterruptedException {
        long id;
        try {
            id =
                    work.platform()
                            .makeOnce(
                                    this::find,
                                    () ->
                                            work.platform()
                                                    .deploy(
                                                            plan.deepCopy(),
                                                            application.rawDataName(),
                                                            application.bizId()));
        } catch (CallException failure) {
            throw Taken.inWords(failure, "raw data", application.rawDataName(), "raw_data_name");
        }
        work.rawDataId(id);
        work.sent(OBJECT, plan);
    }

    private void update() throws IOException, InterruptedException {
        work.platform().updateDeploy(work.rawDataId(), plan.deepCopy());
        work.sent(OBJECT, plan);
    }
}
