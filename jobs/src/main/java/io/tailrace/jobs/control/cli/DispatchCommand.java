package io.tailrace.jobs.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Screen;
import io.tailrace.jobs.cli.Version;
import io.tailrace.jobs.control.gse.Host;
import io.tailrace.jobs.control.run.Site;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.spec.ControlSpec;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** {@code tailrace control dispatch}. */
@Command(
        name = "dispatch",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Hands a message on to agents, and shows the answer of each.",
            "The spec needs gse.slot_id and gse.token."
        })
final class DispatchCommand extends ControlAction {

    private static final int LONGEST_ID = 64;

    @Mixin private HostOptions hosts;

    @ArgGroup(multiplicity = "1")
    private Content content;

    @Option(
            names = "--message-id",
            paramLabel = "ID",
            description = "By which GSE tells it from others, at most 64 characters.")
    private String messageId;

    /** The message. */
    private static final class Content {
        @Option(names = "--content", paramLabel = "TEXT", description = "The message.")
        private String text;

        @Option(names = "--file", paramLabel = "PATH", description = "A file with the message.")
        private Path file;
    }

    @Override
    Use use() {
        return Use.READS;
    }

    @Override
    String complaint(ControlSpec spec) {
        if (messageId != null && messageId.length() > LONGEST_ID) {
            return "--message-id has at most 64 characters";
        } else if (spec.gse() != null
                && (spec.gse().slotId() == null || spec.gse().token() == null)) {
            return "The spec has no gse.slot_id and gse.token, without which nothing is dispatched";
        }
        return hosts.complaint(spec);
    }

    @Override
    int run(Site site, List<ApplicationSpec> applications, Screen screen)
            throws IOException, InterruptedException {
        List<Host> to = hosts.of(site.spec());
        String id = messageId == null ? UUID.randomUUID().toString() : messageId;
        String message = content.text == null ? Files.readString(content.file) : content.text;
        JsonNode answer = site.agents().dispatch(id, to, message);
        screen.say("message " + id);
        boolean failed = false;
        for (Host host : to) {
            JsonNode one = DispatchAnswer.of(answer, host.key());
            failed |= DispatchAnswer.isFailure(one);
            screen.say("  " + host.key() + "  " + DispatchAnswer.inWords(one));
        }
        screen.print(answer);
        return failed ? ExitCodes.FAILED : ExitCodes.DONE;
    }
}
