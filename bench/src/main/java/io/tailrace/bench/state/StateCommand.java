package io.tailrace.bench.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.bench.results.JsonLine;
import io.tailrace.bench.results.Results;
import io.tailrace.bench.workload.RequestPool;
import io.tailrace.bench.workload.Workload;
import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Version;
import io.tailrace.operators.input.Encoding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code tailrace bench state}. */
@Command(
        name = "state",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Measures what open traces take on disk: reads spans, decides none of them, and counts the"
                    + " bytes of a checkpoint's files (RocksDB)."
        })
public final class StateCommand implements Callable<Integer> {

    @Spec private CommandSpec command;
    @Mixin private Results results;

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            defaultValue = "interleaved",
            description =
                    "The spans: ${COMPLETION-CANDIDATES}; see bench sampling (default:"
                            + " ${DEFAULT-VALUE}).")
    private Workload workload;

    @Option(
            names = "--open",
            paramLabel = "SPANS",
            defaultValue = "300000",
            description = "How many spans are open (default: ${DEFAULT-VALUE}).")
    private int open;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description =
                    "In place of a workload, all spans of a file of OTLP/JSON, a request a line, plain"
                            + " or .gz.")
    private Path input;

    @Override
    public Integer call() throws Exception {
        if (open < 1) {
            throw new ParameterException(
                    command.commandLine(), "--open must be 1 or more, not " + open);
        }
        if (input != null && !Files.isRegularFile(input)) {
            throw new ParameterException(
                    command.commandLine(), "--input: there is no file " + input);
        }
        say("making the records");
        HeldTraffic traffic = traffic();
        say(String.format(Locale.ROOT, "opening %,d traces", traffic.traces()));
        StateSize size = StateSize.measure(traffic);
        String spans = input == null ? workload.toString() : input.getFileName().toString();
        results.report(
                "state, " + spans,
                List.of(summary(size, spans)),
                markdown(size),
                Map.of(),
                json(size, spans));
        return ExitCodes.DONE;
    }

    private static String summary(StateSize size, String spans) {
        return String.format(
                Locale.ROOT,
                "%s: %,d traces of %,d spans open; %,d bytes on disk, %.0f a trace; %.3f of their OTLP"
                        + " by trace, %.3f of the requests that brought them",
                spans,
                size.traces(),
                size.spans(),
                size.stateBytes(),
                (double) size.stateBytes() / size.traces(),
                size.ratio(),
                size.ratioToRequests());
    }

    private HeldTraffic traffic() throws IOException {
        int lanes = Runtime.getRuntime().availableProcessors();
        return input == null
                ? HeldTraffic.of(RequestPool.of(workload, lanes, Encoding.OTLP_PROTO), open)
                : HeldTraffic.ofFile(input, lanes);
    }

    private void say(String line) {
        PrintWriter err = command.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private static List<String> markdown(StateSize size) {
        return List.of(
                "| open traces | their spans | bytes of a checkpoint | a trace | of their OTLP, split by"
                        + " trace | of the requests that brought them |",
                "|---|---|---|---|---|---|",
                String.format(
                        Locale.ROOT,
                        "| %,d | %,d | %,d | %,.0f | %.3f | %.3f |",
                        size.traces(),
                        size.spans(),
                        size.stateBytes(),
                        (double) size.stateBytes() / size.traces(),
                        size.ratio(),
                        size.ratioToRequests()));
    }

    private static ObjectNode json(StateSize size, String spans) {
        ObjectNode all = JsonLine.object();
        all.put("ratio", JsonLine.rounded(size.ratio(), 3));
        all.put("ratio_to_requests", JsonLine.rounded(size.ratioToRequests(), 3));
        all.put("state_bytes", size.stateBytes());
        all.put("otlp_bytes", size.chunkBytes());
        all.put("request_bytes", size.requestBytes());
        all.put("open_traces", size.traces());
        all.put("open_spans", size.spans());
        all.put("of", spans);
        return all;
    }
}
