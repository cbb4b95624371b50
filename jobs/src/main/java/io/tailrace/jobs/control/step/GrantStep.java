package io.tailrace.jobs.control.step;

import io.tailrace.jobs.control.change.Action;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.change.Differences;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.state.ApplicationStatus;

import java.io.IOException;
import java.util.List;

/** Flows of the project may read the table. */
final class GrantStep implements Step {

    private final Work work;
    private final ApplicationSpec application;
    private boolean granted;

    GrantStep(Work work) {
        this.work = work;
        this.application = work.application();
    }

    @Override
    public String name() {
        return "grant";
    }

    @Override
    public ApplicationStatus failure() {
        return ApplicationStatus.AUTH_FAILED;
    }

    @Override
    public String state() {
        return granted ? "granted" : "";
    }

    @Override
    public List<Change> look() throws IOException, InterruptedException {
        String table = application.resultTableId();
        long project = application.projectId();
        boolean tableIsThere =
                work.rawDataId() != null
                        && work.platform().cleaning(work.rawDataId(), table).isPresent();
        granted = tableIsThere && work.platform().isGranted(project, table);
        if (granted) {
            return List.of();
        }
        return List.of(
                new Change(
                        Action.GRANT,
                        "project %d on %s".formatted(project, table),
                        Differences.one("result_table.query_data", "no", "yes"),
                        "",
                        () -> work.platform().grant(project, table, application.bizId())));
    }
}
