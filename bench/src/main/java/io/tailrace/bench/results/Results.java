package io.tailrace.bench.results;

import io.tailrace.bench.profile.Profile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The options that say where figures go, and the writing of them. */
public final class Results {

    private static final String HOME = "tailrace.home";
    private static final int AREAS = 12;
    private static final int FRAMES = 20;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--json", description = "Ends with the medians as one line of JSON.")
    private boolean json;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description =
                    "The file of results in which the command writes its section (default:"
                            + " bench/RESULTS.md of the sources).")
    private Path file;

    @Option(names = "--no-results", description = "Writes to no file.")
    private boolean none;

    /** Whether the last line is to be JSON. */
    public boolean json() {
        return json;
    }

    /**
     * Writes a section, unless none is wanted.
     *
     * @param heading what it is known by, the next time too
     * @param body what was measured, in Markdown
     */
    public void write(String heading, List<String> body) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty(HOME, "."));
        if (none) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add("* Machine: " + Machine.describe());
        lines.add("* Command: `" + commandLine() + "`");
        lines.add(
                "* Commit: %s; %s".formatted(Machine.commit(home), LocalDate.now(ZoneOffset.UTC)));
        lines.add("");
        lines.addAll(body);
        Path results = file == null ? home.resolve("bench").resolve("RESULTS.md") : file;
        new ResultsFile(results).write(heading, lines);
    }

    private String commandLine() {
        List<String> arguments = command.commandLine().getParseResult().originalArgs();
        return "./" + command.root().name() + " " + String.join(" ", arguments);
    }

    /** Profiles as Markdown, by what was profiled. */
    public static List<String> describe(Map<String, Profile> profiles) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "CPU time by async-profiler (itimer, all threads). An area is told by the innermost"
                        + " frame that belongs to one; a method's");
        lines.add("share is its own, without those that it calls.");
        profiles.forEach(
                (name, profile) -> {
                    lines.add("");
                    lines.add("### " + name);
                    lines.add("");
                    table(lines, "area", profile.byArea(), AREAS);
                    lines.add("");
                    table(lines, "method", profile.byFrame(), FRAMES);
                });
        return lines;
    }

    private static void table(List<String> lines, String what, List<Profile.Cost> costs, int most) {
        lines.add("| %s | CPU time |".formatted(what));
        lines.add("|---|---|");
        costs.stream()
                .limit(most)
                .forEach(
                        cost ->
                                lines.add(
                                        String.format(
                                                Locale.ROOT,
                                                "| `%s` | %.1f %% |",
                                                cost.name(),
                                                100 * cost.share())));
    }
}
