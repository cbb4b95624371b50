package io.tailrace.jobs.control.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.change.Action;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.change.Difference;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.state.ApplicationStatus;
import io.tailrace.jobs.http.CallException;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The platform makes a table of the data. */
final class CleaningStep implements Step {

    private static final String OBJECT = "cleaning";

    /** That what runs is to be started again, as it is not what is configured. */
    static final String CHANGED = "cleaning_changed";

    private final Work work;
    private final ApplicationSpec application;
    private final ObjectNode body;

    CleaningStep(Work work) {
        this.work = work;
        this.application = work.application();
        this.body = Bodies.cleaning(application);
    }

    @Override
    public String name() {
        return "cleaning";
    }

    @Override
    public ApplicationStatus failure() {
        return ApplicationStatus.CONFIG_CLEANS_FAILED;
    }

    @Override
    public List<Change> look() throws IOException, InterruptedException {
        String object = "cleaning " + application.resultTableId();
        Optional<JsonNode> found = find();
        if (found.isEmpty()) {
            return List.of(new Change(Action.CREATE, object, work.allOf(body), "", this::create));
        }
        List<Difference> differences = work.differences(OBJECT, body, found.get(), false);
        if (differences.isEmpty()) {
            return List.of();
        }
        boolean known = work.knowsWhatWasSent(OBJECT);
        work.cleaningChanges(known);
        return List.of(
                new Change(
                        known ? Action.UPDATE : Action.ADOPT,
                        object,
                        differences,
                        known ? "" : "found by its name",
                        () -> update(known)));
    }

    @Override
    public String state() {
        return application.resultTableId();
    }

    private Optional<JsonNode> find() throws CallException, InterruptedException {
        return work.rawDataId() == null
                ? Optional.empty()
                : work.platform().cleaning(work.rawDataId(), application.resultTableId());
    }

    /** With the id of the data that is cleaned. */
    private ObjectNode whole() {
        return body.deepCopy().put("raw_data_id", work.rawDataId());
    }

    private void create() throws IOException, InterruptedException {
        try {
            work.platform()
                    .makeOnce(
                            this::find,
                            () ->
                                    work.platform()
                                            .createCleaning(
                                                    whole(),
                                                    application.resultTableId(),
                                                    work.rawDataId()));
        } catch (CallException failure) {
            throw Taken.inWords(
                    failure,
                    "table",
                    application.resultTableId(),
                    "cleaning.result_table_name or cleaning.name");
        }
        work.sent(OBJECT, body);
    }

    private void update(boolean running) throws IOException, InterruptedException {
        if (running) {
            work.memory().put("true", CHANGED);
        }
        work.platform().updateCleaning(application.resultTableId(), whole());
        work.sent(OBJECT, body);
    }

    @Override
    public void settle() throws IOException, InterruptedException {
        Optional<JsonNode> shown = find();
        if (shown.isPresent()) {
            work.shown(OBJECT, shown.get());
        }
    }
}
