package io.tailrace.jobs.control.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tailrace.jobs.control.change.Action;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.change.Differences;
import io.tailrace.jobs.control.state.ApplicationStatus;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;

import java.io.IOException;
import java.util.List;

/** The project may use the storage that its flows store in. */
final class ResourceSetStep implements Step {

    private final Work work;
    private final long resourceSet;

    ResourceSetStep(Work work, long resourceSet) {
        this.work = work;
        this.resourceSet = resourceSet;
    }

    @Override
    public String name() {
        return "resource set " + resourceSet;
    }

    @Override
    public ApplicationStatus failure() {
        return ApplicationStatus.AUTH_FAILED;
    }

    @Override
    public List<Change> look() throws IOException, InterruptedException {
        long project = work.application().projectId();
        JsonNode set =
                work.platform()
                        .resourceSet(resourceSet)
                        .orElseThrow(
                                () ->
                                        new CallException(
                                                Fault.MISSING,
                                                "there is no resource set %d, or it may not be read"
                                                        .formatted(resourceSet)));
        ArrayNode projects = JsonNodeFactory.instance.arrayNode();
        for (JsonNode each : set.path("authorized_projects")) {
            if (each.asLong() == project) {
                return List.of();
            }
            projects.add(each);
        }
        projects.add(project);
        return List.of(
                new Change(
                        Action.GRANT,
                        "project %d on resource set %d".formatted(project, resourceSet),
                        Differences.one("authorized_projects", "without it", "with it"),
                        "",
                        () -> work.platform().authorise(resourceSet, projects)));
    }
}
