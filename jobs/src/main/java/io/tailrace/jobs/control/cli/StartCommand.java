package io.tailrace.jobs.control.cli;

import io.tailrace.jobs.cli.Screen;
import io.tailrace.jobs.cli.Version;
import io.tailrace.jobs.control.run.Outcome;
import io.tailrace.jobs.control.run.Resuming;
import io.tailrace.jobs.control.run.Site;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import picocli.CommandLine.Command;

import java.io.IOException;
import java.util.List;

/** {@code tailrace control start}. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Has an application go on that was stopped, from where it was.")
final class StartCommand extends ControlAction {

    @Override
    Use use() {
        return Use.WRITES;
    }

    @Override
    int run(Site site, List<ApplicationSpec> applications, Screen screen)
            throws IOException, InterruptedException {
        OutcomePrinter printer = new OutcomePrinter(screen);
        List<Outcome> outcomes = new Resuming(site, printer.listener()).run(applications);
        return printer.end(site.spec().name(), outcomes, "started");
    }
}
