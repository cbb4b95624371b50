package io.tailrace.jobs.control.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.cli.Columns;
import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Screen;
import io.tailrace.jobs.cli.Version;
import io.tailrace.jobs.control.run.AgentWatch;
import io.tailrace.jobs.control.run.AgentWatch.AgentState;
import io.tailrace.jobs.control.run.Site;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.spec.ControlSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** {@code tailrace control agents}. */
@Command(
        name = "agents",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Says which agents are alive, of hosts that are given or were discovered.")
final class AgentsCommand extends ControlAction {

    private static final Duration BELIEVED = Duration.ofMinutes(1);

    @Mixin private WatchOptions watch;
    @Mixin private HostOptions hosts;

    @Option(names = "--fresh", description = "Asks, also of what was asked lately.")
    private boolean fresh;

    @Override
    Use use() {
        return Use.WRITES_IF_FREE;
    }

    @Override
    Duration watch() {
        return watch.pause();
    }

    @Override
    String complaint(ControlSpec spec) {
        return hosts.complaint(spec);
    }

    @Override
    int run(Site site, List<ApplicationSpec> applications, Screen screen)
            throws IOException, InterruptedException {
        Duration usual = site.spec().agents() == null ? BELIEVED : site.spec().agents().cache();
        List<AgentState> states =
                new AgentWatch(site).of(hosts.of(site.spec()), fresh ? Duration.ZERO : usual);
        Columns columns = new Columns();
        columns.row("host", "agent", "asked");
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("agents");
        for (AgentState state : states) {
            String word = state.alive() ? "alive" : "lost";
            columns.row(state.host().key(), word, state.asked().toString());
            json.withArrayProperty("agents")
                    .addObject()
                    .put("host", state.host().key())
                    .put("alive", state.alive())
                    .put("asked", state.asked().toString());
        }
        columns.lines().forEach(screen::say);
        long lost = states.stream().filter(each -> !each.alive()).count();
        screen.say("%d agents, %d lost".formatted(states.size(), lost));
        screen.print(json);
        return ExitCodes.DONE;
    }
}
