package io.tailrace.jobs.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.run.ClusterRun;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a job is doing.
 *
 * @param kind of its spec, such as {@code tail-sampling}; none of jobs of others
 * @param parallelism the largest of its operators
 * @param restarts none where the cluster has not counted yet
 * @param failure the last one, in one line
 */
public record JobReport(
        FlinkJob job,
        Optional<String> kind,
        int parallelism,
        Optional<Checkpoint> checkpoint,
        OptionalLong restarts,
        Optional<String> failure) {

    /**
     * The last one that was completed.
     *
     * @param bytes of the whole state
     */
    public record Checkpoint(Instant completed, long bytes, String path) {

        static Optional<Checkpoint> of(JsonNode shown) {
            return shown.isObject()
                    ? Optional.of(
                            new Checkpoint(
                                    Instant.ofEpochMilli(
                                            shown.path("latest_ack_timestamp").asLong()),
                                    shown.path("state_size").asLong(),
                                    shown.path("external_path").asText()))
                    : Optional.empty();
        }
    }

    /** Asks the cluster. */
    public static JobReport of(FlinkJob job, FlinkCluster cluster)
            throws CallException, InterruptedException {
        String path = "/jobs/" + job.id();
        int parallelism = 0;
        for (JsonNode each : cluster.get(path, "read the job").path("vertices")) {
            parallelism = Math.max(parallelism, each.path("parallelism").asInt());
        }
        JsonNode kind =
                cluster.get(path + "/config", "read the options of the job")
                        .path("execution-config")
                        .path("user-config")
                        .path(ClusterRun.KIND);
        JsonNode restarts =
                cluster.get(path + "/metrics?get=numRestarts", "read a metric of the job")
                        .path(0)
                        .path("value");
        return new JobReport(
                job,
                kind.isTextual() ? Optional.of(kind.asText()) : Optional.empty(),
                parallelism,
                Checkpoint.of(cluster.lastCheckpoint(job.id())),
                restarts.isMissingNode()
                        ? OptionalLong.empty()
                        : OptionalLong.of(restarts.asLong()),
                cluster.lastFailure(job.id()));
    }
}
