package io.tailrace.jobs.cluster.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tailrace.jobs.cli.DurationConverter;
import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Screen;
import io.tailrace.jobs.cli.Version;
import io.tailrace.jobs.cluster.FlinkCluster;
import io.tailrace.jobs.cluster.FlinkJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.time.Duration;

/** {@code tailrace stop}. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Stops a job of a Flink cluster with a savepoint, from which it can go on.")
public final class StopCommand extends ClusterAction {

    @Parameters(
            paramLabel = "JOB",
            description = "The job: its id, the beginning of it, or its name.")
    private String job;

    @Option(
            names = "--savepoint",
            paramLabel = "DIR",
            description =
                    "The folder for the savepoint: a URI or an absolute path, as the cluster writes"
                            + " it. Unless given, the job's own or the cluster's.")
    private String savepoint;

    @Option(
            names = "--drain",
            description =
                    "Finishes what is open first: all open traces are decided and all windows"
                            + " written. For a job that is not to go on.")
    private boolean drain;

    @Option(names = "--cancel", description = "Ends it at once, without a savepoint.")
    private boolean cancel;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "10m",
            converter = DurationConverter.class,
            description = "How long the savepoint may take (default: ${DEFAULT-VALUE}).")
    private Duration limit;

    @Override
    int run(FlinkCluster cluster, Screen screen) throws IOException, InterruptedException {
        if (cancel && (savepoint != null || drain)) {
            throw wrong("--cancel makes no savepoint: give it without --savepoint and --drain");
        }
        refuseRelative("--savepoint", savepoint);
        cluster.info();
        FlinkJob meant = JobChoice.of(cluster.jobs(), job);
        if (meant.hasEnded()) {
            throw new IOException(
                    "the job %s, id %s, has ended already: %s"
                            .formatted(meant.name(), meant.id(), meant.state()));
        }
        screen.say("Job        %s, id %s".formatted(meant.name(), meant.id()));
        String path = null;
        if (cancel) {
            cluster.cancel(meant.id(), waiting(screen), limit);
            screen.say("Cancelled, without a savepoint.");
        } else {
            path = cluster.stop(meant.id(), savepoint, drain, waiting(screen), limit);
            screen.say("Savepoint  " + path);
            screen.say(
                    "Go on with: tailrace submit SPEC --jobmanager %s --from-savepoint %s"
                            .formatted(options().jobManager(), path));
        }
        screen.print(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", meant.id())
                        .put("name", meant.name())
                        .put("savepoint", path));
        return ExitCodes.DONE;
    }
}
