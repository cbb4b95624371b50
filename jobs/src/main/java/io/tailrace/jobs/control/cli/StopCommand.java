package io.tailrace.jobs.control.cli;

import io.tailrace.jobs.cli.Screen;
import io.tailrace.jobs.cli.Version;
import io.tailrace.jobs.control.run.Endings;
import io.tailrace.jobs.control.run.Outcome;
import io.tailrace.jobs.control.run.Site;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import picocli.CommandLine.Command;

import java.io.IOException;
import java.util.List;

/** {@code tailrace control stop}. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Stops flow and cleaning of an application, and deletes nothing; apply does not start them"
                    + " again, but start does."
        })
final class StopCommand extends ControlAction {

    @Override
    Use use() {
        return Use.WRITES;
    }

    @Override
    int run(Site site, List<ApplicationSpec> applications, Screen screen)
            throws IOException, InterruptedException {
        OutcomePrinter printer = new OutcomePrinter(screen);
        List<Outcome> outcomes = new Endings(site, printer.listener()).stop(applications);
        return printer.end(site.spec().name(), outcomes, "stopped");
    }
}
