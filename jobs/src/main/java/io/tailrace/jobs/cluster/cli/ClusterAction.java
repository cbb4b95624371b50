package io.tailrace.jobs.cluster.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Screen;
import io.tailrace.jobs.cluster.FlinkCluster;
import io.tailrace.jobs.http.Deadline;
import io.tailrace.jobs.http.Time;
import io.tailrace.jobs.http.Waiting;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/** A command about a cluster's jobs: tells failures in one line. */
abstract class ClusterAction implements Callable<Integer> {

    private static final Pattern ABSOLUTE = Pattern.compile("([a-z][a-z0-9+.-]*:)?/");
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofDays(1);

    @Mixin private ClusterOptions options;
    @Spec private CommandSpec command;

    /** Does what the command is for, and gives its exit code. */
    abstract int run(FlinkCluster cluster, Screen screen) throws IOException, InterruptedException;

    final ClusterOptions options() {
        return options;
    }

    final PrintWriter err() {
        return command.commandLine().getErr();
    }

    /** Refuses the command line. */
    final ParameterException wrong(String words) {
        return new ParameterException(command.commandLine(), words);
    }

    /** Refuses a path that the cluster would read as below a folder of its own. */
    final void refuseRelative(String option, String path) {
        if (path != null && !ABSOLUTE.matcher(path).lookingAt()) {
            throw wrong("%s: \"%s\" is neither a URI nor an absolute path".formatted(option, path));
        }
    }

    static Waiting waiting(Screen screen) {
        return new Waiting(Time.SYSTEM, new Deadline(Time.SYSTEM, LONGEST), POLL, screen);
    }

    @Override
    public final Integer call() throws InterruptedException {
        FlinkCluster cluster;
        try {
            cluster = options.cluster();
        } catch (IllegalArgumentException noAddress) {
            throw wrong(noAddress.getMessage());
        }
        Screen screen = new Screen(command.commandLine().getOut(), err(), options.json());
        screen.conceal(options.secrets());
        try {
            return run(cluster, screen);
        } catch (IOException failure) {
            String words = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            screen.complain(words);
            screen.print(JsonNodeFactory.instance.objectNode().put("error", words));
            return ExitCodes.FAILED;
        }
    }
}
