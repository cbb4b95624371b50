package io.tailrace.jobs.cluster.cli;

import io.tailrace.jobs.cluster.ClusterInfo;
import io.tailrace.jobs.cluster.FlinkCluster;
import io.tailrace.jobs.cluster.FlinkJob;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Deadline;
import io.tailrace.jobs.http.Fault;
import io.tailrace.jobs.http.Time;
import io.tailrace.jobs.http.Waiting;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Waits until a job that was submitted runs. */
record Startup(FlinkCluster cluster, Waiting.Progress progress) {

    private static final Duration POLL = Duration.ofMillis(200);

    /**
     * Gives {@code RUNNING} or {@code FINISHED}.
     *
     * @throws CallException where it ended otherwise, or does not run in time, and why
     */
    String await(String name, String id, Duration limit)
            throws CallException, InterruptedException {
        Instant begun = Time.SYSTEM.now();
        while (true) {
            Optional<FlinkJob> job = cluster.job(id);
            if (job.filter(FlinkJob::hasEnded).isPresent()) {
                if (job.get().state().equals("FINISHED")) {
                    return "FINISHED";
                }
                throw new CallException(
                        Fault.UNFULFILLED,
                        "the job %s is %s: %s".formatted(name, job.get().state(), failure(id)));
            }
            if (job.isPresent() && cluster.tasksRun(id)) {
                return "RUNNING";
            }
            Duration since = Duration.between(begun, Time.SYSTEM.now());
            if (since.compareTo(limit) >= 0) {
                throw new CallException(
                        Fault.UNFULFILLED, late(name, id, job.map(FlinkJob::state), limit));
            }
            progress.waiting("all tasks of the job " + name + " run", since);
            Time.SYSTEM.sleep(POLL);
        }
    }

    private String failure(String id) throws CallException, InterruptedException {
        return cluster.lastFailure(id).orElse("the cluster does not say why");
    }

    private String late(String name, String id, Optional<String> state, Duration limit)
            throws CallException, InterruptedException {
        ClusterInfo info = cluster.info();
        String why =
                cluster.lastFailure(id)
                        .map(failure -> "it failed: " + failure)
                        .orElse(
                                "%d of the cluster's %d slots are free"
                                        .formatted(info.freeSlots(), info.slots()));
        return "the job %s, id %s, does not run with all its tasks after %s, but is %s; %s; it goes on trying, and tailrace stop --cancel would end it"
                .formatted(name, id, Deadline.inWords(limit), state.orElse("unknown"), why);
    }
}
