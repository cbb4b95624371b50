package io.tailrace.jobs.cli;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

import io.tailrace.jobs.JobSpec;
import io.tailrace.jobs.cli.live.LocalCluster;
import io.tailrace.jobs.run.FlinkOptions;
import io.tailrace.jobs.run.RunFolder;
import io.tailrace.jobs.spec.SpecResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

/** {@code tailrace run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Runs a job in this process until its input ends.",
            "Ctrl-C stops it with a savepoint, from which --from goes on."
        })
final class RunCommand implements Callable<Integer> {

    @Mixin private SpecOptions spec;
    @Spec private CommandSpec command;

    @Option(
            names = "--from",
            paramLabel = "PATH",
            description =
                    "Goes on from a savepoint or checkpoint; of a folder with several, such as that"
                            + " of an earlier run, from the newest that is complete.")
    private String from;

    @Option(
            names = "--progress",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "Seconds between two lines of progress (default: ${DEFAULT-VALUE}).")
    private double progress;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        SpecResult<JobSpec> result = spec.read();
        if (!result.isGood()) {
            SpecOptions.print(result, err);
            return ExitCodes.WRONG_SPEC;
        }
        try {
            return run(result.value(), out, err);
        } catch (IOException plain) {
            err.println("tailrace: " + plain.getMessage());
            err.flush();
            return ExitCodes.FAILED;
        }
    }

    private int run(JobSpec job, PrintWriter out, PrintWriter err) throws Exception {
        String savepoint = from == null ? null : RestorePoint.find(from);
        KafkaReach.check(job);
        DatabaseReach.check(job);
        Path folder = RunFolder.create(job.name());
        Path log = LogFile.in(folder);
        Configuration options = FlinkOptions.ofLocalRun(job.flink(), folder);
        options.set(WebOptions.LOG_PATH, log.toString());
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        job.define(env);
        StreamGraph graph = env.getStreamGraph();
        graph.setJobName(job.name());
        try (LocalCluster cluster = new LocalCluster(options, folder.resolve("savepoints"))) {
            cluster.submit(graph, savepoint);
            out.printf(
                    "Job     %s%s%n", job.name(), savepoint == null ? "" : ", from " + savepoint);
            out.printf("Web UI  %s%n", cluster.webAddress());
            out.printf("Folder  %s (checkpoints, savepoints, log)%n", folder);
            out.flush();
            Duration interval = Duration.ofMillis(Math.max(100, Math.round(progress * 1000)));
            return new LocalRun(cluster, job.parts(), interval, log, out, err).watch();
        }
    }
}
