package io.tailrace.jobs.control.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.cli.Columns;
import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Screen;
import io.tailrace.jobs.cli.Version;
import io.tailrace.jobs.control.run.ApplicationState;
import io.tailrace.jobs.control.run.ApplicationState.StepState;
import io.tailrace.jobs.control.run.Inspection;
import io.tailrace.jobs.control.run.Site;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** {@code tailrace control status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Shows how each application is doing: its steps, flows, routes and job.")
final class StatusCommand extends ControlAction {

    @Mixin private WatchOptions watch;

    @Override
    Use use() {
        return Use.WRITES_IF_FREE;
    }

    @Override
    Duration watch() {
        return watch.pause();
    }

    @Override
    int run(Site site, List<ApplicationSpec> applications, Screen screen)
            throws IOException, InterruptedException {
        List<ApplicationState> states = new Inspection(site).run(applications);
        states.forEach(each -> say(each, screen));
        screen.print(json(site.spec().name(), states));
        boolean failed = states.stream().anyMatch(ApplicationState::failed);
        return failed ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private static void say(ApplicationState state, Screen screen) {
        screen.say(
                "%s  %s%s"
                        .formatted(
                                state.application(),
                                state.status() == null ? "never applied" : state.status(),
                                state.paused() ? ", paused" : ""));
        Columns columns = new Columns();
        for (StepState step : state.steps()) {
            if (step.isAsWanted() && step.state().isEmpty()) {
                continue;
            }
            columns.row(
                    "  " + step.step(),
                    step.state().isEmpty() ? "-" : step.state(),
                    verdict(state, step));
        }
        columns.lines().forEach(screen::say);
        state.log().forEach(line -> screen.say(Screen.Colour.GREY, "  " + line));
    }

    private static String verdict(ApplicationState state, StepState step) {
        if (!step.failure().isEmpty()) {
            return step.failure();
        } else if (step.isAsWanted()) {
            return state.paused() ? "ok, or paused" : "ok";
        }
        return "differs from the spec (" + step.differences() + ')';
    }

    private static ObjectNode json(String spec, List<ApplicationState> states) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", spec);
        for (ApplicationState state : states) {
            ObjectNode one =
                    json.withArrayProperty("applications")
                            .addObject()
                            .put("application", state.application())
                            .put("status", state.status())
                            .put("paused", state.paused());
            for (StepState step : state.steps()) {
                one.withArrayProperty("steps")
                        .addObject()
                        .put("step", step.step())
                        .put("state", step.state())
                        .put("differences", step.differences())
                        .put("failure", step.failure());
            }
            state.log().forEach(one.putArray("log")::add);
        }
        return json;
    }
}
