package io.tailrace.jobs.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tailrace.jobs.http.Call;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;
import io.tailrace.jobs.http.ServiceClient;
import io.tailrace.jobs.http.StackText;
import io.tailrace.jobs.http.Waiting;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A cluster's REST API: what it knows of its jobs, and how they are run and ended. */
public final class FlinkCluster {

    private static final Set<String> AT_WORK = Set.of("RUNNING", "FINISHED");

    static final String PERMISSION = "what the proxy before the cluster guards";

    private final ServiceClient client;

    public FlinkCluster(ServiceClient client) {
        this.client = client;
    }

    /** Where it is, without a slash at the end. */
    public String url() {
        return client.service().url();
    }

    JsonNode get(String path, String purpose) throws CallException, InterruptedException {
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

    /**
     * What it says of itself.
     *
     * @throws CallException also where what answers is no JobManager
     */
    public ClusterInfo info() throws CallException, InterruptedException {
        JsonNode config = found("/config", "ask the cluster who it is").orElse(null);
        if (config == null || !config.path("flink-version").isTextual()) {
            throw new CallException(
                    Fault.ANOTHER_SERVICE,
                    "what answers at %s is no JobManager of Flink; is %s right?"
                            .formatted(url(), client.service().setting()));
        }
        JsonNode overview = get("/overview", "ask the cluster for its slots");
        return new ClusterInfo(
                config.path("flink-version").asText(),
                config.path("features").path("web-submit").asBoolean(),
                overview.path("taskmanagers").asInt(),
                overview.path("slots-total").asInt(),
                overview.path("slots-available").asInt());
    }

    /** All jobs that it still knows. */
    public List<FlinkJob> jobs() throws CallException, InterruptedException {
        List<FlinkJob> jobs = new ArrayList<>();
        get("/jobs/overview", "list the jobs")
                .path("jobs")
                .forEach(shown -> jobs.add(FlinkJob.of(shown)));
        return jobs;
    }

    /** A job that the cluster still knows. */
    public Optional<FlinkJob> job(String id) throws CallException, InterruptedException {
        return found("/jobs/" + id, "read the job " + id).map(FlinkJob::of);
    }

    /** A job that runs under a name. */
    public Optional<FlinkJob> running(String name) throws CallException, InterruptedException {
        return jobs().stream()
                .filter(each -> each.name().equals(name) && each.isActive())
                .findFirst();
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

    /** Why a job failed the last time, in one line; nothing where it never did. */
    public Optional<String> lastFailure(String id) throws CallException, InterruptedException {
        JsonNode entries =
                get("/jobs/" + id + "/exceptions?maxExceptions=1", "read the failures of job " + id)
                        .path("exceptionHistory")
                        .path("entries");
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(StackText.cause(entries.get(0).path("stacktrace").asText()));
    }

    /**
     * Whether a job runs with all its tasks, but for those that have read their input to its end.
     */
    public boolean tasksRun(String id) throws CallException, InterruptedException {
        JsonNode job = get("/jobs/" + id, "read the job " + id);
        for (JsonNode each : job.path("vertices")) {
            if (!AT_WORK.contains(each.path("status").asText())) {
                return false;
            }
        }
        return job.path("state").asText().equals("RUNNING");
    }

    /**
     * Uploads the jar and runs the job. An answer that got lost makes no second job of its name.
     *
     * @param progress told of the upload
     * @return the job's id
     */
    public String submit(Submission submission, JarUpload.Progress progress)
            throws CallException, InterruptedException {
        return new Submitting(client, this).submit(submission, progress);
    }

    /**
     * Stops a job with a savepoint, and waits until it has ended.
     *
     * @param folder where the savepoint goes, as the cluster knows it; null for the cluster's own
     * @param drain whether what is open is finished first, for a job that will not go on
     * @param limit of each thing that is waited for
     * @return where the savepoint is
     */
    public String stop(String id, String folder, boolean drain, Waiting waiting, Duration limit)
            throws IOException, InterruptedException {
        return new Ending(client, this, waiting, limit).stop(id, folder, drain);
    }

    /** Ends a job without a savepoint, and waits until it has ended. */
    public void cancel(String id, Waiting waiting, Duration limit)
            throws IOException, InterruptedException {
        new Ending(client, this, waiting, limit).cancel(id);
    }

    /** As of now, where all else that is asked of a job may be some seconds old. */
    boolean hasEnded(String id) throws CallException, InterruptedException {
        return found("/jobs/" + id + "/status", "read the state of job " + id)
                .map(shown -> FlinkJob.hasEnded(shown.path("status").asText()))
                .orElse(true);
    }
}
