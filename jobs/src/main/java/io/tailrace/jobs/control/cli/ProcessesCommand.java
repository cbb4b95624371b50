package io.tailrace.jobs.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Screen;
import io.tailrace.jobs.cli.Version;
import io.tailrace.jobs.control.run.Site;
import io.tailrace.jobs.control.spec.AgentsSettings.ProcessSettings;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.spec.ControlSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code tailrace control processes}. */
@Command(
        name = "processes",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Shows what GSE says of a process on hosts.")
final class ProcessesCommand extends ControlAction {

    @Mixin private WatchOptions watch;
    @Mixin private HostOptions hosts;

    @Option(
            names = "--process",
            paramLabel = "NAME",
            description = "The process, in place of the spec's.")
    private String process;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "The process' namespace, in place of the spec's.")
    private String namespace;

    @Override
    Use use() {
        return Use.READS;
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
        ProcessSettings usual =
                site.spec().agents() == null
                        ? new ProcessSettings("nodeman", "bkmonitorbeat")
                        : site.spec().agents().process();
        ProcessSettings asked =
                new ProcessSettings(
                        namespace == null ? usual.namespace() : namespace,
                        process == null ? usual.name() : process);
        JsonNode answer = site.agents().processes(hosts.of(site.spec()), asked);
        JsonNode list = answer.path("proc_infos").isArray() ? answer.path("proc_infos") : answer;
        screen.say(asked.namespace() + ':' + asked.name());
        if (list.isArray()) {
            list.forEach(each -> screen.say("  " + fields(each)));
        } else {
            list.properties()
                    .forEach(
                            each ->
                                    screen.say(
                                            "  " + each.getKey() + "  " + fields(each.getValue())));
        }
        screen.print(answer);
        return ExitCodes.DONE;
    }

    private static String fields(JsonNode state) {
        if (!state.isObject()) {
            return state.toString();
        }
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, JsonNode> each : state.properties()) {
            String value =
                    each.getValue().isValueNode()
                            ? each.getValue().asText()
                            : each.getValue().toString();
            text.append(text.isEmpty() ? "" : "  ").append(each.getKey()).append('=').append(value);
        }
        return text.toString();
    }
}
