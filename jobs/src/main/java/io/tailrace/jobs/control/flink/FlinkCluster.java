package io.tailrace.jobs.control.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.http.Call;
import io.tailrace.jobs.control.http.CallException;
import io.tailrace.jobs.control.http.Fault;
import io.tailrace.jobs.control.http.ServiceClient;
import io.tailrace.jobs.control.spec.FlinkJobSettings;
import io.tailrace.jobs.control.spec.HttpSettings;
import io.tailrace.jobs.control.step.Waiting;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** A cluster's REST API. */
public final class FlinkCluster {

    private static final String PERMISSION = "web.submit.enable on the cluster";

    private final ServiceClient client;
    private final FlinkJobSettings settings;
    private final HttpSettings http;

    public FlinkCluster(ServiceClient client, FlinkJobSettings settings, HttpSettings http) {
        this.client = client;
        this.settings = settings;
        this.http = http;
    }

    private JsonNode get(String path, String purpose) throws CallException, InterruptedException {
        return client.send(Call.get(path, purpose, PERMISSION));
    }

    private Optional<JsonNode> found(String path, String purpose)
            throws CallException, InterruptedException {
        try {
            return Optional.of(get(path, purpose));
        } catch (CallException failure) {
            if (failure.fault() == Fault.MISSING) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** A job that the cluster still knows. */
    public Optional<FlinkJob> job(String id) throws CallException, InterruptedException {
        return found("/jobs/" + id, "read the job " + id)
                .map(
                        shown ->
                                new FlinkJob(
                                        id,
                                        shown.path("name").asText(),
                                        shown.path("state").asText()));
    }

    /** A job that runs under a name. */
    public Optional<FlinkJob> running(String name) throws CallException, InterruptedException {
        for (JsonNode each : get("/jobs/overview", "list the jobs").path("jobs")) {
            FlinkJob job =
                    new FlinkJob(
                            each.path("jid").asText(),
                            each.path("name").asText(),
                            each.path("state").asText());
            if (job.name().equals(name) && job.isActive()) {
                return Optional.of(job);
            }
        }
        return Optional.empty();
    }

    /** The latest completed checkpoint or savepoint of a job; missing without one. */
    public JsonNode lastCheckpoint(String id) throws CallException, InterruptedException {
        JsonNode latest =
                found("/jobs/" + id + "/checkpoints", "read the checkpoints of job " + id)
                        .map(each -> each.path("latest"))
                        .orElse(JsonNodeFactory.instance.missingNode());
        JsonNode checkpoint = latest.path("completed");
        JsonNode savepoint = latest.path("savepoint");
        return savepoint.path("id").asLong(-1) > checkpoint.path("id").asLong(-1)
                ? savepoint
                : checkpoint;
    }

    /**
     * Uploads the jar and runs the job.
     *
     * @param from a savepoint or checkpoint; null for none
     * @return the job's id
     */
    String submit(Submission submission, String from) throws CallException, InterruptedException {
        String jar = upload(submission.jar());
        try {
            ObjectNode body =
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("entryClass", submission.entryClass());
            body.putArray("programArgsList").add("--spec-text").add(submission.specText());
            if (settings.parallelism() != null) {
                body.put("parallelism", settings.parallelism());
            }
            if (from != null) {
                body.put("savepointPath", from);
            }
            return client.makeOnce(
                    () -> running(submission.name()).map(FlinkJob::id),
                    () ->
                            client.send(
                                            Call.make(
                                                    "/jars/" + jar + "/run",
                                                    body,
                                                    "run the job " + submission.name(),
                                                    PERMISSION))
                                    .path("jobid")
                                    .asText());
        } finally {
            deleteQuietly(jar);
        }
    }

    private void deleteQuietly(String jar) throws InterruptedException {
        try {
            client.send(Call.delete("/jars/" + jar, null, "delete the jar", PERMISSION));
        } catch (CallException left) {
            // The cluster keeps a jar that nobody needs; the next start of it does not.
            return;
        }
    }

    private String upload(Path jar) throws CallException, InterruptedException {
        String boundary = "tailrace-" + UUID.randomUUID();
        String head =
                """
                --%s\r
                Content-Disposition: form-data; name="jarfile"; filename="%s"\r
                Content-Type: application/x-java-archive\r
                \r
                """
                        .formatted(boundary, jar.getFileName());
        Call call = Call.ask("/jars/upload", null, "upload " + jar, PERMISSION);
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(client.service().url() + call.path()))
                            .timeout(http.timeout())
                            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                            .POST(
                                    HttpRequest.BodyPublishers.concat(
                                            HttpRequest.BodyPublishers.ofString(head),
                                            HttpRequest.BodyPublishers.ofFile(jar),
                                            HttpRequest.BodyPublishers.ofString(
                                                    "\r\n--" + boundary + "--\r\n",
                                                    StandardCharsets.US_ASCII)))
                            .build();
            String file = client.upload(call, request).path("filename").asText();
            return file.substring(file.lastIndexOf('/') + 1);
        } catch (IOException failure) {
            if (failure instanceof CallException own) {
                throw own;
            }
            throw new CallException(Fault.MISSING, "cannot read the jar " + jar);
        }
    }

    /** Stops a job with a savepoint, and waits until it has ended; gives where the savepoint is. */
    public String stop(String id, Waiting waiting, Duration limit)
            throws IOException, InterruptedException {
        waiting.until(
                "all tasks of the job " + id + " run, as a savepoint needs them",
                limit,
                tries -> tasksRun(id) ? Optional.of(id) : Optional.empty());
        String savepoint = savepoint(id, waiting, limit);
        return waiting.until(
                "the job " + id + " has ended",
                limit,
                tries ->
                        job(id).filter(FlinkJob::isActive).isPresent()
                                ? Optional.empty()
                                : Optional.of(savepoint));
    }

    private boolean tasksRun(String id) throws CallException, InterruptedException {
        JsonNode job = get("/jobs/" + id, "read the job " + id);
        for (JsonNode each : job.path("vertices")) {
            if (!each.path("status").asText().equals("RUNNING")) {
                return false;
            }
        }
        return job.path("state").asText().equals("RUNNING");
    }

    private String savepoint(String id, Waiting waiting, Duration limit)
            throws IOException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("drain", false);
        if (settings.savepoints() != null) {
            body.put("targetDirectory", settings.savepoints());
        }
        String request =
                client.send(
                                Call.ask(
                                        "/jobs/" + id + "/stop",
                                        body,
                                        "stop the job " + id,
                                        PERMISSION))
                        .path("request-id")
                        .asText();
        return waiting.until(
                "the job " + id + " has stopped with a savepoint",
                limit,
                tries -> {
                    JsonNode answer =
                            get(
                                    "/jobs/" + id + "/savepoints/" + request,
                                    "read the savepoint of job " + id);
                    if (!answer.path("status").path("id").asText().equals("COMPLETED")) {
                        return Optional.empty();
                    }
                    JsonNode operation = answer.path("operation");
                    if (operation.has("failure-cause")) {
                        throw new CallException(
                                Fault.UNFULFILLED,
                                "the job %s cannot be stopped with a savepoint: %s"
                                        .formatted(id, cause(operation)));
                    }
                    return Optional.of(operation.path("location").asText());
                });
    }

    private static String cause(JsonNode operation) {
        return operation
                .path("failure-cause")
                .path("stack-trace")
                .asText(operation.path("failure-cause").path("class").asText())
                .split("\\R", 2)[0];
    }
}
