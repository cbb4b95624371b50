package io.tailrace.jobs.cluster.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.cli.Columns;
import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Screen;
import io.tailrace.jobs.cli.Version;
import io.tailrace.jobs.cluster.FlinkCluster;
import io.tailrace.jobs.cluster.FlinkJob;
import io.tailrace.jobs.cluster.JobReport;
import io.tailrace.jobs.cluster.JobReport.Checkpoint;
import picocli.CommandLine.Command;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** {@code tailrace jobs}. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows the jobs of a Flink cluster: those that run, and those that ended as long as the"
                    + " cluster knows them."
        })
public final class JobsCommand extends ClusterAction {

    private static final String NONE = "-";
    private static final int MOST_WORDS = 100;

    @Override
    int run(FlinkCluster cluster, Screen screen) throws IOException, InterruptedException {
        cluster.info();
        List<FlinkJob> jobs =
                cluster.jobs().stream()
                        .sorted(
                                Comparator.comparing(FlinkJob::hasEnded)
                                        .thenComparing(FlinkJob::begun, Comparator.reverseOrder()))
                        .toList();
        List<JobReport> reports = new ArrayList<>();
        for (FlinkJob job : jobs) {
            reports.add(JobReport.of(job, cluster));
        }
        if (reports.isEmpty()) {
            screen.say("The cluster at %s has no jobs.".formatted(cluster.url()));
        } else {
            table(reports, Instant.now()).lines().forEach(screen::say);
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        reports.forEach(each -> all.add(json(each)));
        screen.print(all);
        return ExitCodes.DONE;
    }

    private static Columns table(List<JobReport> reports, Instant now) {
        Columns columns = new Columns();
        columns.row(
                "id",
                "name",
                "kind",
                "state",
                "since",
                "parallelism",
                "last checkpoint",
                "restarts",
                "last failure");
        for (JobReport each : reports) {
            columns.row(
                    each.job().id(),
                    each.job().name(),
                    each.kind().orElse(NONE),
                    each.job().state(),
                    each.job().ended().orElse(each.job().begun()).truncatedTo(ChronoUnit.SECONDS)
                            + "",
                    Integer.toString(each.parallelism()),
                    each.checkpoint().map(checkpoint -> inWords(checkpoint, now)).orElse(NONE),
                    each.restarts().isPresent() ? "" + each.restarts().getAsLong() : NONE,
                    each.failure().map(JobsCommand::cut).orElse(NONE));
        }
        return columns;
    }

    private static String inWords(Checkpoint checkpoint, Instant now) {
        long seconds = Math.max(0, Duration.between(checkpoint.completed(), now).toSeconds());
        return "%s ago, %s".formatted(age(seconds), size(checkpoint.bytes()));
    }

    private static String age(long seconds) {
        return seconds < 120
                ? seconds + " s"
                : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    private static String size(long bytes) {
        double kibibytes = bytes / 1024.0;
        return kibibytes < 1024
                ? String.format(Locale.ROOT, "%.0f KiB", kibibytes)
                : kibibytes < 1024 * 1024
                        ? String.format(Locale.ROOT, "%.1f MiB", kibibytes / 1024)
                        : String.format(Locale.ROOT, "%.1f GiB", kibibytes / 1024 / 1024);
    }

    private static String cut(String words) {
        return words.length() <= MOST_WORDS ? words : words.substring(0, MOST_WORDS) + "...";
    }

    private static ObjectNode json(JobReport report) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", report.job().id())
                        .put("name", report.job().name())
                        .put("kind", report.kind().orElse(null))
                        .put("state", report.job().state())
                        .put("begun", report.job().begun().toString())
                        .put("ended", report.job().ended().map(Instant::toString).orElse(null))
                        .put("parallelism", report.parallelism());
        report.checkpoint()
                .ifPresentOrElse(
                        checkpoint ->
                                json.putObject("last_checkpoint")
                                        .put("completed", checkpoint.completed().toString())
                                        .put("bytes", checkpoint.bytes())
                                        .put("path", checkpoint.path()),
                        () -> json.putNull("last_checkpoint"));
        report.restarts()
                .ifPresentOrElse(
                        restarts -> json.put("restarts", restarts), () -> json.putNull("restarts"));
        return json.put("last_failure", report.failure().orElse(null));
    }
}
