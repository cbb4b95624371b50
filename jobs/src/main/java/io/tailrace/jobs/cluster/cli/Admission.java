package io.tailrace.jobs.cluster.cli;

import io.tailrace.jobs.JobSpec;
import io.tailrace.jobs.cli.DatabaseReach;
import io.tailrace.jobs.cli.KafkaReach;
import io.tailrace.jobs.cli.Screen;
import io.tailrace.jobs.cli.UnreachedException;
import io.tailrace.jobs.cli.Version;
import io.tailrace.jobs.cluster.ClusterInfo;
import io.tailrace.jobs.cluster.FlinkCluster;
import io.tailrace.jobs.cluster.FlinkJob;

import java.io.IOException;

/** What is looked at before a job is sent to a cluster. */
final class Admission {

    private Admission() {}

    /**
     * @throws IOException in words, where the cluster takes no jobs, or not such ones
     */
    static void refuseCluster(FlinkCluster cluster, ClusterInfo info) throws IOException {
        if (!info.takesJobs()) {
            throw new IOException(
                    "the cluster at %s takes no jobs over its REST API: web.submit.enable is off, or it runs a single application"
                            .formatted(cluster.url()));
        } else if (!info.isLike(Version.ofFlink())) {
            throw new IOException(
                    "the cluster at %s runs Flink %s; this job needs the line of %s"
                            .formatted(cluster.url(), info.version(), Version.ofFlink()));
        }
    }

    /**
     * @throws IOException in words, where a job of this name is not over
     */
    static void refuseSecond(FlinkCluster cluster, String name)
            throws IOException, InterruptedException {
        for (FlinkJob job : cluster.jobs()) {
            if (job.name().equals(name) && !job.hasEnded()) {
                throw new IOException(
                        "a job %s is there already, %s, id %s; stop it first, or set another name"
                                .formatted(name, job.state(), job.id()));
            }
        }
    }

    /**
     * Asks Kafka and the databases. The cluster may reach what cannot be reached from here.
     *
     * @throws IOException in words, where they have not what the job needs
     */
    static void check(JobSpec job, Screen screen) throws IOException, InterruptedException {
        try {
            KafkaReach.check(job);
        } catch (UnreachedException away) {
            screen.note("not checked from here: " + away.getMessage());
        }
        try {
            DatabaseReach.check(job);
        } catch (UnreachedException away) {
            screen.note("not checked from here: " + away.getMessage());
        }
    }
}
