package io.tailrace.jobs.control.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.JobSpecs;
import io.tailrace.jobs.cli.LogFile;
import io.tailrace.jobs.cli.Screen;
import io.tailrace.jobs.cli.SpecOptions;
import io.tailrace.jobs.control.run.Site;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.spec.ControlSpec;
import io.tailrace.jobs.control.state.BusyException;
import io.tailrace.jobs.control.state.ControlState;
import io.tailrace.jobs.http.Time;
import io.tailrace.jobs.http.Transport;
import io.tailrace.jobs.spec.SpecResult;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** A command of control: reads the spec and the state, and tells failures in one line. */
abstract class ControlAction implements Callable<Integer> {

    /** Differences were found. */
    static final int DIFFERENT = 3;

    private static final Path LOG_FOLDER = Path.of("out", "control");

    @Mixin private ControlOptions options;
    @Spec private CommandSpec command;

    /** What a command does with the state. */
    enum Use {
        READS,
        /** Remembers what it saw, unless another run is at work. */
        WRITES_IF_FREE,
        /** Nobody else may write meanwhile. */
        WRITES
    }

    abstract Use use();

    /** Does what the command is for, and gives its exit code. */
    abstract int run(Site site, List<ApplicationSpec> applications, Screen screen)
            throws IOException, InterruptedException;

    /** The pause after which it is done again; null for once. */
    Duration watch() {
        return null;
    }

    /** What is wrong with the command line for this spec; null where nothing is. */
    String complaint(ControlSpec spec) {
        return null;
    }

    final ControlOptions options() {
        return options;
    }

    @Override
    public final Integer call() throws InterruptedException {
        var err = command.commandLine().getErr();
        SpecResult<ControlSpec> result = options.spec().read(JobSpecs.CONTROL);
        if (!result.isGood()) {
            SpecOptions.print(result, err);
            return ExitCodes.WRONG_SPEC;
        }
        ControlSpec spec = result.value();
        Screen screen = new Screen(command.commandLine().getOut(), err, options.json());
        List<ApplicationSpec> applications;
        try {
            applications = options.applications(spec);
        } catch (IllegalArgumentException unknown) {
            screen.complain(unknown.getMessage());
            return ExitCodes.WRONG_SPEC;
        }
        if (complaint(spec) != null) {
            screen.complain(complaint(spec));
            return ExitCodes.WRONG_SPEC;
        }
        LogFile.in(LOG_FOLDER);
        Transport transport = Transport.http(spec.http().connectTimeout());
        int code = once(spec, applications, screen, transport);
        while (watch() != null) {
            Time.SYSTEM.sleep(watch());
            screen.say("");
            code = once(spec, applications, screen, transport);
        }
        return code;
    }

    private int once(
            ControlSpec spec,
            List<ApplicationSpec> applications,
            Screen screen,
            Transport transport)
            throws InterruptedException {
        try (ControlState state = state(spec)) {
            Site site = new Site(spec, state, Time.SYSTEM, transport, screen);
            screen.conceal(site.secrets());
            return run(site, applications, screen);
        } catch (IOException failure) {
            String words = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            screen.complain(words);
            screen.print(JsonNodeFactory.instance.objectNode().put("error", words));
            return ExitCodes.FAILED;
        }
    }

    private ControlState state(ControlSpec spec) throws IOException {
        if (use() == Use.READS) {
            return ControlState.toRead(spec, Time.SYSTEM);
        }
        try {
            return ControlState.toWrite(spec, Time.SYSTEM);
        } catch (BusyException busy) {
            if (use() == Use.WRITES_IF_FREE) {
                return ControlState.toRead(spec, Time.SYSTEM);
            }
            throw busy;
        }
    }
}
