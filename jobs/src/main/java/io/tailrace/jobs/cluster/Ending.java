package io.tailrace.jobs.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.http.Call;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;
import io.tailrace.jobs.http.ServiceClient;
import io.tailrace.jobs.http.StackText;
import io.tailrace.jobs.http.Waiting;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Ends jobs, and waits for it.
 *
 * @param limit of each thing that is waited for
 */
record Ending(ServiceClient client, FlinkCluster cluster, Waiting waiting, Duration limit) {

    String stop(String id, String folder, boolean drain) throws IOException, InterruptedException {
        waiting.until(
                "all tasks of the job " + id + " run, as a savepoint needs them",
                limit,
                tries -> tasksRun(id) ? Optional.of(id) : Optional.empty());
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("drain", drain);
        if (folder != null) {
            body.put("targetDirectory", folder);
        }
        String path = "/jobs/" + id + "/stop";
        String request =
                client.send(Call.ask(path, body, "stop the job " + id, FlinkCluster.PERMISSION))
                        .path("request-id")
                        .asText();
        String savepoint =
                waiting.until(
                        "the job " + id + " has stopped with a savepoint",
                        limit,
                        tries -> savepoint(id, request));
        awaitEnd(id);
        return savepoint;
    }

    private boolean tasksRun(String id) throws CallException, InterruptedException {
        if (cluster.hasEnded(id)) {
            throw new CallException(
                    Fault.UNFULFILLED,
                    "the job %s ended before a savepoint could be made".formatted(id));
        }
        return cluster.tasksRun(id);
    }

    private Optional<String> savepoint(String id, String request)
            throws CallException, InterruptedException {
        JsonNode answer =
                cluster.get(
                        "/jobs/" + id + "/savepoints/" + request,
                        "read the savepoint of job " + id);
        if (!answer.path("status").path("id").asText().equals("COMPLETED")) {
            return Optional.empty();
        }
        JsonNode failure = answer.path("operation").path("failure-cause");
        if (!failure.isMissingNode()) {
            throw new CallException(
                    Fault.UNFULFILLED,
                    "the job %s cannot be stopped with a savepoint: %s"
                            .formatted(
                                    id,
                                    StackText.cause(
                                            failure.path("stack-trace")
                                                    .asText(failure.path("class").asText()))));
        }
        return Optional.of(answer.path("operation").path("location").asText());
    }

    void cancel(String id) throws IOException, InterruptedException {
        String path = "/jobs/" + id + "?mode=cancel";
        client.send(Call.patch(path, "cancel the job " + id, FlinkCluster.PERMISSION));
        awaitEnd(id);
    }

    private void awaitEnd(String id) throws IOException, InterruptedException {
        waiting.until(
                "the job " + id + " has ended",
                limit,
                tries -> isOver(id) ? Optional.of(id) : Optional.empty());
    }

    /** A cluster that is there for this job only goes with it. */
    private boolean isOver(String id) throws CallException, InterruptedException {
        try {
            return cluster.hasEnded(id);
        } catch (CallException failure) {
            if (failure.fault() == Fault.UNREACHABLE) {
                return true;
            }
            throw failure;
        }
    }
}
