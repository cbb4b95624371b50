package io.tailrace.bench.results;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.bench.profile.Profile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
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

    /**
     * Tells what was measured: in lines, in the file, and last, where that is wanted, as JSON.
     *
     * @param heading what its section is known by, the next time too
     * @param summary for the terminal
     * @param body for the section, in Markdown
     * @param profiles by what was profiled; they get a section of their own
     */
    public void report(
            String heading,
            List<String> summary,
            List<String> body,
            Map<String, Profile> profiles,
            ObjectNode figures)
            throws IOException, InterruptedException {
        PrintWriter out = command.commandLine().getOut();
        summary.forEach(out::println);
        write(heading, body);
        if (!profiles.isEmpty()) {
            write("Profile of " + heading, describe(profiles));
        }
        if (json) {
            out.println(JsonLine.of(figures));
        }
        out.flush();
    }

    private void write(String heading, List<String> body) throws IOException, InterruptedException {
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
    private static List<String> describe(Map<String, Profile> profiles) {
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
