package io.tailrace.jobs.control.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.JobSpecs;
import io.tailrace.jobs.cli.LogFile;
import io.tailrace.jobs.cli.SpecOptions;
import io.tailrace.jobs.control.http.Time;
import io.tailrace.jobs.control.http.Transport;
import io.tailrace.jobs.control.run.Site;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.spec.ControlSpec;
import io.tailrace.jobs.control.state.ControlState;
import io.tailrace.jobs.spec.SpecResult;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** A command of control: reads the spec and the state, and tells failures in one line. */
abstract class ControlAction implements Callable<Integer> {

    /** Differences were found. */
    static final int DIFFERENT = 3;

    private static final Path LOG_FOLDER = Path.of("out", "control");

    @Mixin private ControlOptions options;
    @Spec private CommandSpec command;

    /** Whether nobody else may write the state meanwhile. */
    abstract boolean writesState();

    /** Does what the command is for, and gives its exit code. */
    abstract int run(Site site, List<ApplicationSpec> applications, Screen screen)
            throws IOException, InterruptedException;

    ControlOptions options() {
        return options;
    }

    @Override
    public final Integer call() throws InterruptedException {
        var out = command.commandLine().getOut();
        var err = command.commandLine().getErr();
        SpecResult<ControlSpec> result = options.spec().read(JobSpecs.CONTROL);
        if (!result.isGood()) {
            SpecOptions.print(result, err);
            return ExitCodes.WRONG_SPEC;
        }
        ControlSpec spec = result.value();
        Screen screen = new Screen(out, err, options.json());
        List<ApplicationSpec> applications;
        try {
            applications = options.applications(spec);
        } catch (IllegalArgumentException unknown) {
            screen.complain(unknown.getMessage());
            return ExitCodes.WRONG_SPEC;
        }
        LogFile.in(LOG_FOLDER);
        try (ControlState state =
                writesState()
                        ? ControlState.toWrite(spec, Time.SYSTEM)
                        : ControlState.toRead(spec, Time.SYSTEM)) {
            Site site =
                    new Site(
                            spec,
                            state,
                            Time.SYSTEM,
                            Transport.http(spec.http().connectTimeout()),
                            screen);
            screen.conceal(site.secrets());
            return run(site, applications, screen);
        } catch (IOException failure) {
            screen.complain(failure.getMessage());
            screen.print(JsonNodeFactory.instance.objectNode().put("error", failure.getMessage()));
            return ExitCodes.FAILED;
        }
    }
}
