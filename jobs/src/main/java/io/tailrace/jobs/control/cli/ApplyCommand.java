package io.tailrace.jobs.control.cli;

import io.tailrace.jobs.cli.ExitCodes;
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
    boolean writesState() {
        return true;
    }

    @Override
    int run(Site site, List<ApplicationSpec> applications, Screen screen)
            throws IOException, InterruptedException {
        ChangeText text = new ChangeText(screen);
        String[] current = {""};
        Applying applying =
                new Applying(
                        site,
                        (application, change) -> {
                            if (!current[0].equals(application.key())) {
                                current[0] = application.key();
                                screen.say(application.key());
                            }
                            text.done(change);
                        });
        List<Outcome> outcomes = applying.run(applications);
        boolean failed = false;
        for (Outcome outcome : outcomes) {
            if (!outcome.failures().isEmpty()) {
                failed = true;
                screen.complain(
                        outcome.application() + ": " + String.join("; ", outcome.failures()));
            }
            screen.say(
                    outcome.failures().isEmpty() ? Screen.Colour.GREEN : Screen.Colour.RED,
                    "%s  %s%s"
                            .formatted(
                                    outcome.application(),
                                    outcome.status(),
                                    outcome.changes().isEmpty()
                                            ? ", nothing to do"
                                            : ", " + outcome.changes().size() + " done"));
            outcome.notes().forEach(note -> screen.say("  " + note));
        }
        screen.print(OutcomeJson.of(site.spec().name(), outcomes));
        return failed ? ExitCodes.FAILED : ExitCodes.DONE;
    }
}
