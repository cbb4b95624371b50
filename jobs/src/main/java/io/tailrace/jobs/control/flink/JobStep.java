package io.tailrace.jobs.control.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.jobs.cluster.FlinkCluster;
import io.tailrace.jobs.cluster.FlinkJob;
import io.tailrace.jobs.control.change.Action;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.change.Differences;
import io.tailrace.jobs.control.spec.FlinkJobSettings;
import io.tailrace.jobs.control.state.ApplicationStatus;
import io.tailrace.jobs.control.step.Step;
import io.tailrace.jobs.control.step.Work;
import io.tailrace.jobs.http.CallException;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The job of an application runs on its cluster, with the spec as it is. */
public final class JobStep implements Step {

    private static final String JOB = "job";

    private final Work work;
    private final FlinkCluster cluster;
    private final FlinkJobSettings settings;
    private final WantedJob wanted;
    private String state = "";

    /**
     * @throws IOException where the job's spec cannot be read
     */
    public JobStep(Work work, FlinkCluster cluster, FlinkJobSettings settings) throws IOException {
        this.work = work;
        this.cluster = cluster;
        this.settings = settings;
        this.wanted = WantedJob.of(settings);
    }

    @Override
    public String name() {
        return "job " + wanted.name();
    }

    @Override
    public ApplicationStatus failure() {
        return null;
    }

    /** What is known of the job; nothing before it was submitted. */
    public Optional<FlinkJob> find() throws CallException, InterruptedException {
        String remembered = work.memory().get(JOB, "id").asText("");
        Optional<FlinkJob> known =
                remembered.isEmpty() ? Optional.empty() : cluster.job(remembered);
        if (known.isPresent() && known.get().isActive()) {
            return known;
        }
        // The list may be some seconds old, and have a job that has ended.
        Optional<FlinkJob> running =
                cluster.running(wanted.name()).filter(each -> !each.id().equals(remembered));
        return running.isPresent() ? running : known;
    }

    @Override
    public List<Change> look() throws IOException, InterruptedException {
        Optional<FlinkJob> found = find();
        state = found.isPresent() ? inWords(found.get()) : "";
        if (work.memory().isPaused()) {
            return List.of();
        }
        String object = name();
        String from = restorePoint(found);
        String note = from == null ? "" : "from " + from;
        if (found.isEmpty() || !found.get().isActive()) {
            String state = found.map(FlinkJob::state).orElse("");
            return List.of(
                    new Change(
                            found.isEmpty() ? Action.CREATE : Action.RESTART,
                            object,
                            Differences.one("state", state, "RUNNING"),
                            note,
                            () -> submit(from)));
        }
        String digest = work.memory().get(JOB, "digest").asText("");
        String id = found.get().id();
        if (digest.isEmpty()) {
            // Found under its name: it is taken to have been submitted as it is.
            return List.of(
                    new Change(
                            Action.ADOPT,
                            object,
                            Differences.one("id", "", id),
                            "found by its name",
                            () -> remember(id)));
        }
        return digest.equals(wanted.digest())
                ? List.of()
                : List.of(
                        new Change(
                                Action.RESTART,
                                object,
                                Differences.one(
                                        "spec",
                                        digest.substring(0, 12),
                                        wanted.digest().substring(0, 12)),
                                "with a savepoint",
                                () -> {
                                    stop(id);
                                    submit(work.memory().get(JOB, "savepoint").asText(null));
                                }));
    }

    @Override
    public boolean starts() {
        return true;
    }

    @Override
    public String state() {
        return state;
    }

    private String inWords(FlinkJob job) throws CallException, InterruptedException {
        JsonNode checkpoint = cluster.lastCheckpoint(job.id());
        String last =
                checkpoint.isMissingNode() || checkpoint.isNull()
                        ? "no checkpoint yet"
                        : "last checkpoint %s of %s"
                                .formatted(
                                        checkpoint.path("id").asText(),
                                        Instant.ofEpochMilli(
                                                checkpoint
                                                        .path("latest_ack_timestamp")
                                                        .asLong(
                                                                checkpoint
                                                                        .path("trigger_timestamp")
                                                                        .asLong())));
        return "%s, id %s, %s".formatted(job.state(), job.id(), last);
    }

    /** Where it is to go on from; null where there is nothing. */
    private String restorePoint(Optional<FlinkJob> found)
            throws CallException, InterruptedException {
        String savepoint = work.memory().get(JOB, "savepoint").asText("");
        if (!savepoint.isEmpty() || found.isEmpty() || found.get().isActive()) {
            return savepoint.isEmpty() ? null : savepoint;
        }
        String path = cluster.lastCheckpoint(found.get().id()).path("external_path").asText("");
        return path.startsWith("<") || path.isEmpty() ? null : path;
    }

    /** Stops it, and remembers where it is to go on from. */
    public void stop(String id) throws IOException, InterruptedException {
        String savepoint =
                cluster.stop(
                        id,
                        settings.savepoints(),
                        false,
                        work.waiting(),
                        work.spec().platform().flowWait());
        work.memory().put(savepoint, JOB, "savepoint");
    }

    /** Submits it, from a savepoint where there is one. */
    public void submit(String from) throws IOException, InterruptedException {
        remember(cluster.submit(wanted.submission(from), (bytes, all) -> {}));
        work.memory().forget(JOB, "savepoint");
    }

    private void remember(String id) throws IOException {
        work.memory().put(id, JOB, "id");
        work.memory().put(wanted.digest(), JOB, "digest");
    }
}
