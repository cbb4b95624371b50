package io.tailrace.jobs.control.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Screen;
import io.tailrace.jobs.cli.Version;
import io.tailrace.jobs.control.run.Outcome;
import io.tailrace.jobs.control.run.Planning;
import io.tailrace.jobs.control.run.Site;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import picocli.CommandLine.Command;

import java.io.IOException;
import java.util.List;

/** {@code tailrace control plan}. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Says what apply would change, field by field, and writes nothing; exits with 3 where"
                        + " there is something.")
final class PlanCommand extends ControlAction {

    @Override
    Use use() {
        return Use.READS;
    }

    @Override
    int run(Site site, List<ApplicationSpec> applications, Screen screen)
            throws IOException, InterruptedException {
        Planning planning = new Planning(site);
        List<Outcome> outcomes = planning.run(applications);
        ChangeText text = new ChangeText(screen);
        boolean failed = false;
        for (Outcome outcome : outcomes) {
            screen.say(outcome.application());
            outcome.changes().forEach(text::plan);
            if (outcome.changes().isEmpty() && outcome.failures().isEmpty()) {
                screen.say("  as the spec says");
            }
            outcome.notes().forEach(note -> screen.say("  " + note));
            outcome.failures().forEach(screen::complain);
            failed |= !outcome.failures().isEmpty();
        }
        List<String> forgotten = planning.forgotten();
        forgotten.forEach(
                key ->
                        screen.say(
                                key
                                        + " is in the state, but not in the spec; it is left alone. To"
                                        + " be rid of it, put it back and destroy it"));
        long differing = outcomes.stream().mapToLong(Outcome::differing).sum();
        String count = differing == 1 ? "1 difference" : differing + " differences";
        screen.say((failed ? "Not all could be told; " : count + "; ") + "nothing was written");
        ObjectNode json = OutcomeJson.of(site.spec().name(), outcomes);
        forgotten.forEach(json.putArray("not_in_the_spec")::add);
        screen.print(json);
        if (failed) {
            return ExitCodes.FAILED;
        }
        return differing == 0 ? ExitCodes.DONE : DIFFERENT;
    }
}
