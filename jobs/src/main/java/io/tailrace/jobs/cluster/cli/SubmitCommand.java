package io.tailrace.jobs.cluster.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tailrace.jobs.cli.DurationConverter;
import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Screen;
import io.tailrace.jobs.cli.SpecOptions;
import io.tailrace.jobs.cli.Version;
import io.tailrace.jobs.cluster.ClusterInfo;
import io.tailrace.jobs.cluster.EntryClass;
import io.tailrace.jobs.cluster.FlinkCluster;
import io.tailrace.jobs.cluster.JobArguments;
import io.tailrace.jobs.cluster.Submission;
import io.tailrace.jobs.spec.SpecResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code tailrace submit}. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Runs a job on a Flink cluster, and waits until it runs there.",
            "The spec is checked here first; references such as ${NAME} travel as they are, and the"
                    + " environment of the JobManager gives their values, so that no secret is"
                    + " sent."
        })
public final class SubmitCommand extends ClusterAction {

    @Mixin private SpecOptions spec;

    @Option(
            names = "--from-savepoint",
            paramLabel = "PATH",
            description =
                    "Goes on from a savepoint or checkpoint: a URI or an absolute path, as the"
                            + " cluster reads it.")
    private String from;

    @Option(
            names = "--allow-non-restored",
            description = "Starts also where the savepoint has state that no operator takes up.")
    private boolean allowNonRestored;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Comes before the spec's flink.parallelism.default and the cluster's.")
    private Integer parallelism;

    @Option(
            names = "--env",
            paramLabel = "NAME[=VALUE]",
            description =
                    "Sends the value of a variable, without one that of this environment; it comes"
                            + " before the cluster's. Whoever sees the cluster may see it: not for"
                            + " secrets. May be given several times.")
    private final List<String> variables = new ArrayList<>();

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "The jar with the job, where it is not the one that this runs from.")
    private Path jar;

    @Option(
            names = "--no-check",
            description =
                    "Does not ask Kafka and the databases before. Where they cannot be asked from"
                            + " here, this is said and the job submitted all the same.")
    private boolean unchecked;

    @Option(
            names = "--beside",
            description =
                    "Submits also where a job of this name runs. Both write to the same places, and"
                            + " share a group of consumers.")
    private boolean beside;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "2m",
            converter = DurationConverter.class,
            description = "How long the job may take to run (default: ${DEFAULT-VALUE}).")
    private Duration limit;

    @Override
    int run(FlinkCluster cluster, Screen screen) throws IOException, InterruptedException {
        refuseWrongOptions();
        SentVariables sent = sentVariables();
        SubmittedSpec job = SubmittedSpec.read(spec, sent.before(System.getenv()));
        if (!job.mistakes().isEmpty()) {
            SpecOptions.print(new SpecResult.Bad<>(job.mistakes()), err());
            return ExitCodes.WRONG_SPEC;
        }
        Path code = jar == null ? Submission.ownJar() : jar;
        say(job, sent.names(), screen);
        ClusterInfo info = cluster.info();
        Admission.refuseCluster(cluster, info);
        if (!beside) {
            Admission.refuseSecond(cluster, job.name());
        }
        screen.say(
                "Cluster  Flink %s at %s, %d of %d slots free"
                        .formatted(info.version(), cluster.url(), info.freeSlots(), info.slots()));
        if (!unchecked && job.job().isPresent()) {
            Admission.check(job.job().get(), screen);
        }
        long megabytes = Math.max(1, Files.size(code) >> 20);
        screen.say("Jar      %s, %d MB".formatted(code.getFileName(), megabytes));
        String id = cluster.submit(submission(job, sent, code), new UploadProgress(screen));
        screen.say(
                "Job      %s, id %s%s"
                        .formatted(job.name(), id, from == null ? "" : ", from " + from));
        screen.say("Web UI   %s/#/job/running/%s/overview".formatted(cluster.url(), id));
        String state = new Startup(cluster, screen).await(job.name(), id, limit);
        screen.say(state.equals("RUNNING") ? "Runs, with all its tasks." : "Done already.");
        screen.print(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", id)
                        .put("name", job.name())
                        .put("state", state)
                        .put("web_ui", cluster.url() + "/#/job/running/" + id + "/overview"));
        return ExitCodes.DONE;
    }

    private Submission submission(SubmittedSpec job, SentVariables sent, Path code) {
        List<String> arguments =
                new JobArguments(job.text())
                        .sets(spec.sets(List.of()))
                        .parallelism(parallelism)
                        .environment(sent.list())
                        .list();
        return new Submission(
                job.name(),
                EntryClass.of(job.kind()),
                arguments,
                code,
                from,
                allowNonRestored,
                !beside);
    }

    private SentVariables sentVariables() {
        try {
            return SentVariables.of(variables, System.getenv());
        } catch (IllegalArgumentException unset) {
            throw wrong(unset.getMessage());
        }
    }

    private void refuseWrongOptions() {
        refuseRelative("--from-savepoint", from);
        if (allowNonRestored && from == null) {
            throw wrong("--allow-non-restored is for --from-savepoint");
        } else if (parallelism != null && parallelism < 1) {
            throw wrong("--parallelism: expected at least 1");
        } else if (jar != null && !Files.isRegularFile(jar)) {
            throw wrong("--jar: there is no file " + jar);
        }
    }

    /** What people would wonder about later. */
    private void say(SubmittedSpec job, Set<String> sent, Screen screen) {
        if (!job.unknown().isEmpty()) {
            job.unknown().forEach(each -> screen.note("the cluster must know better: " + each));
            screen.note("so Kafka and the databases were not asked");
        }
        List<String> here =
                job.references().stream()
                        .filter(name -> System.getenv(name) != null && !sent.contains(name))
                        .toList();
        if (!here.isEmpty()) {
            screen.note(
                    "the environment of the JobManager gives %s, not this one; --env NAME would send a value"
                            .formatted(String.join(", ", here)));
        }
    }
}
