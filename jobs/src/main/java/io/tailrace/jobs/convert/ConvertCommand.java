package io.tailrace.jobs.convert;

import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Version;
import io.tailrace.jobs.spec.Node;
import io.tailrace.jobs.spec.NodeReader;
import io.tailrace.jobs.spec.Problem;
import io.tailrace.jobs.spec.SpecResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code tailrace convert}. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Makes a spec of a Collector's configuration, and says what became of each part of it.",
            "The spec is written to --output, or to standard output; the report goes to standard"
                    + " error, and to the top of the spec."
        })
public final class ConvertCommand implements Callable<Integer> {

    /** Whose configuration it is. */
    enum Origin {
        COLLECTOR,
        BK
    }

    @Parameters(index = "0", paramLabel = "FILE", description = "The configuration.")
    private Path file;

    @Option(
            names = "--from",
            paramLabel = "ORIGIN",
            defaultValue = "collector",
            description =
                    "What it is of: collector, unless given; or bk for the parameters of BlueKing's"
                            + " tail sampling, in JSON or YAML.")
    private Origin origin;

    @Option(
            names = "--output",
            paramLabel = "SPEC",
            description = "Where the spec is written; a file that is there is not overwritten.")
    private Path output;

    @Option(names = "--force", description = "Overwrites the file that is there.")
    private boolean force;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The job's name; after the file unless given.")
    private String name;

    @Option(
            names = "--processor",
            paramLabel = "ID",
            description = "Which processor tail_sampling, where pipelines use several.")
    private String processor;

    @Option(
            names = "--connector",
            paramLabel = "ID",
            description =
                    "Which connector spanmetrics or servicegraph, likewise. May be given several"
                            + " times.")
    private final List<String> connectors = new ArrayList<>();

    @Spec private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = command.commandLine().getErr();
        if (output != null && Files.exists(output) && !force) {
            err.println("tailrace: " + output + " is there already; --force overwrites it");
            return ExitCodes.WRONG_SPEC;
        }
        SpecResult<Node> read = NodeReader.read(file);
        if (!read.isGood()) {
            read.problems().forEach(err::println);
            return refused(err);
        }
        Conversion conversion;
        try {
            conversion = convert(read.value(), System.getenv());
        } catch (WrongConfiguration wrong) {
            err.println(wrong.getMessage());
            return refused(err);
        }
        List<Problem> problems = conversion.problems("the spec", System.getenv());
        if (!problems.isEmpty()) {
            err.println(file + ": what can be made of it is no good spec:");
            problems.forEach(problem -> err.println("  " + problem));
            return refused(err);
        }
        err.print(file);
        new Report(conversion).lines().forEach(err::println);
        err.println();
        write(conversion.text(file.getFileName().toString()), err);
        return ExitCodes.DONE;
    }

    private Conversion convert(Node root, Map<String, String> environment)
            throws WrongConfiguration {
        String named = name == null ? nameOf(file) : name;
        if (origin == Origin.BK) {
            return BkConversion.of(root, named, environment);
        }
        Set<String> asked = new LinkedHashSet<>(connectors);
        if (processor != null) {
            asked.add(processor);
        }
        return CollectorConversion.of(root, named, asked, environment);
    }

    /** The file's name without its ending, as far as a job may be called so. */
    private static String nameOf(Path file) {
        String base =
                file.getFileName()
                        .toString()
                        .replaceFirst("\\.[A-Za-z]+$", "")
                        .replaceAll("[^A-Za-z0-9._-]+", "-")
                        .replaceFirst("^[^A-Za-z0-9]+", "");
        return base.isEmpty() ? "sampling" : base.substring(0, Math.min(base.length(), 100));
    }

    private void write(String text, PrintWriter err) throws IOException {
        if (output == null) {
            PrintWriter out = command.commandLine().getOut();
            out.print(text);
            out.flush();
        } else {
            Files.writeString(output, text);
            err.println("Written: " + output + "; check it with ./tailrace validate " + output);
        }
        err.flush();
    }

    private static int refused(PrintWriter err) {
        err.println("nothing was written");
        err.flush();
        return ExitCodes.WRONG_SPEC;
    }
}
