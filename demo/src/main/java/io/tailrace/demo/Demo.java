package io.tailrace.demo;

import io.tailrace.jobs.cli.DurationConverter;
import io.tailrace.jobs.cli.Program;
import io.tailrace.jobs.cli.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** The command {@code tailrace demo}. */
@Command(
        name = "tailrace demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows all of it at work, in this process: a Kafka broker, a PostgreSQL, a simulated shop,"
                    + " and a pipeline that samples its traces, counts its spans and takes stock of"
                    + " what runs (config/demo.yaml).",
            "At the end it reads the spans back from Kafka and compares all results with a plain"
                    + " reading of them. Everything listens on the loopback interface, and what it"
                    + " keeps in files is removed."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all results are as a plain reading has them",
            "1:some differ, or something failed",
            "2:the command line is wrong",
            "130:ended by Ctrl-C before there was anything to compare"
        })
public final class Demo implements Callable<Integer> {

    private static final double MOST_RATE = 500;

    @Spec private CommandSpec command;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "How long the shop has visitors, such as 60s or 5m; without it until Ctrl-C, or"
                            + " until there is as much as can be compared in memory.")
    private Duration length;

    @Option(
            names = "--rate",
            paramLabel = "REQUESTS",
            defaultValue = "40",
            description =
                    "Export requests a second, of some 26 spans each (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--keep",
            description =
                    "After the comparison, leaves Kafka and PostgreSQL running until Ctrl-C, to look"
                            + " around in.")
    private boolean keep;

    public static void main(String[] arguments) {
        Program.main(new Demo(), arguments);
    }

    @Override
    public Integer call() throws Exception {
        if (!(rate > 0) || rate > MOST_RATE) {
            throw new ParameterException(
                    command.commandLine(), "--rate: expected a number from above 0 to 500");
        }
        if (length != null && length.toMillis() < 1000) {
            throw new ParameterException(command.commandLine(), "--for: expected at least 1s");
        }
        long most = DemoSettings.mostRequests();
        if (length != null && length.toMillis() / 1000.0 * rate > most) {
            throw new ParameterException(
                    command.commandLine(),
                    "--for: expected at most %ds at %s requests a second, for all is compared in memory at the end; TAILRACE_JAVA_OPTIONS=-Xmx4g makes it twice as much, and so on"
                            .formatted((long) (most / rate), rate));
        }
        Path home = Path.of(System.getProperty("tailrace.home", "."));
        DemoSettings settings =
                new DemoSettings(
                        home.resolve("config").resolve("demo.yaml"), List.of(), length, rate, keep);
        try (DemoRun run = new DemoRun(settings, command.commandLine().getOut())) {
            return run.run(command.commandLine().getErr());
        }
    }
}
