package io.tailrace.jobs.control.cli;

import io.tailrace.jobs.cli.Screen;
import io.tailrace.jobs.cli.Version;
import io.tailrace.jobs.control.run.Applying;
import io.tailrace.jobs.control.run.Outcome;
import io.tailrace.jobs.control.run.Site;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import picocli.CommandLine.Command;

import java.io.IOException;
import java.util.List;

/** {@code tailrace control apply}. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Brings the data platform and GSE to the spec.",
            "It may be run at any time: what is as it should be is let alone, and what was interrupted"
                    + " goes on."
        })
final class ApplyCommand extends ControlAction {

    @Override
    Use use() {
        return Use.WRITES;
    }

    @Override
    int run(Site site, List<ApplicationSpec> applications, Screen screen)
            throws IOException, InterruptedException {
        OutcomePrinter printer = new OutcomePrinter(screen);
        List<Outcome> outcomes = new Applying(site, printer.listener()).run(applications);
        return printer.end(site.spec().name(), outcomes, "success");
    }
}
