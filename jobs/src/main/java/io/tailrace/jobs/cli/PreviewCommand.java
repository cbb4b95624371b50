package io.tailrace.jobs.cli;

import io.tailrace.jobs.SamplingSpec;
import io.tailrace.jobs.preview.Comparison;
import io.tailrace.jobs.preview.DryRun;
import io.tailrace.jobs.preview.Preview;
import io.tailrace.jobs.preview.PreviewInput;
import io.tailrace.jobs.preview.TraceExplanation;
import io.tailrace.jobs.preview.WatchedTraces;
import io.tailrace.jobs.preview.text.ComparisonText;
import io.tailrace.jobs.preview.text.ExplanationText;
import io.tailrace.jobs.preview.text.PreviewJson;
import io.tailrace.jobs.preview.text.PreviewText;
import io.tailrace.jobs.spec.SpecResult;
import io.tailrace.operators.span.TraceId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code tailrace preview}. */
@Command(
        name = "preview",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Says what a spec would keep, and why: reads spans to their end, decides, writes nothing."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the input cannot be read, or has no span of a trace to explain",
            "2:the spec or the command line is wrong",
            "130:stopped before the end"
        })
final class PreviewCommand implements Callable<Integer> {

    /** So that every span comes out, and every policy's vote is settled. */
    private static final List<String> DRY =
            List.of("tail_sampling.dry_run=true", "tail_sampling.eager_release=false");

    /** In place of the source of a spec that is given another's input. */
    private static final List<String> NO_SOURCE = List.of("source={generator: {count: 1}}");

    @Mixin private SpecOptions spec;
    @Mixin private PreviewSource source;
    @Spec private CommandSpec command;

    @Option(
            names = "--compare",
            paramLabel = "OTHER_SPEC",
            description = "Puts another spec beside it, over the same input.")
    private Path other;

    @Option(
            names = "--trace",
            paramLabel = "ID",
            description =
                    "Explains a trace instead: each policy's vote, and the span that made it. May be"
                            + " given several times.",
            converter = TraceIdConverter.class)
    private final Set<TraceId> traces = new LinkedHashSet<>();

    @Option(names = "--json", description = "Prints the numbers as JSON.")
    private boolean json;

    @Option(
            names = "--progress",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description =
                    "Seconds between two lines of progress, on the error output (default:"
                            + " ${DEFAULT-VALUE}).")
    private double progress;

    @Override
    public Integer call() throws Exception {
        source.check();
        if (!traces.isEmpty() && (other != null || json)) {
            throw new ParameterException(
                    command.commandLine(), "--trace goes with neither --compare nor --json");
        }
        PrintWriter err = command.commandLine().getErr();
        SpecResult<SamplingSpec> first = source.read(spec, DRY);
        SpecResult<SamplingSpec> second =
                other == null ? null : PreviewSpec.read(other, with(DRY, NO_SOURCE));
        boolean good = first.isGood();
        if (!good) {
            SpecOptions.print(first, err);
        }
        if (second != null && !second.isGood()) {
            SpecOptions.print(second, err);
            good = false;
        }
        if (!good) {
            return ExitCodes.WRONG_SPEC;
        }
        try {
            return preview(first.value(), second == null ? null : second.value());
        } catch (IOException plain) {
            err.println("tailrace: " + plain.getMessage());
            err.flush();
            return ExitCodes.FAILED;
        }
    }

    private static List<String> with(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private int preview(SamplingSpec first, SamplingSpec second) throws Exception {
        PreviewInput input = source.input(first);
        Duration interval = Duration.ofMillis(Math.max(100, Math.round(progress * 1000)));
        PreviewRun run = new PreviewRun(input, interval, command.commandLine().getErr());
        try (DryRun one = new DryRun(first.tailSampling(), traces)) {
            Map<String, Long> letters = run.toEnd(one, first.name());
            if (letters == null) {
                return stopped();
            }
            if (!traces.isEmpty()) {
                return explain(one);
            }
            Preview preview = one.tally().preview(letters);
            if (second == null) {
                print(json ? PreviewJson.of(preview) : PreviewText.of(preview));
                return ExitCodes.DONE;
            }
            try (DryRun two = new DryRun(second.tailSampling(), Set.of())) {
                Map<String, Long> lettersAgain = run.toEnd(two, second.name());
                if (lettersAgain == null) {
                    return stopped();
                }
                Comparison comparison =
                        Comparison.of(
                                preview,
                                one.tally().keptTraces(),
                                two.tally().preview(lettersAgain),
                                two.tally().keptTraces());
                print(
                        json
                                ? PreviewJson.of(comparison)
                                : ComparisonText.of(
                                        comparison, spec.file().toString(), other.toString()));
                return ExitCodes.DONE;
            }
        }
    }

    private int stopped() {
        PrintWriter err = command.commandLine().getErr();
        err.println("Stopped before the end; there is no preview.");
        err.flush();
        return ExitCodes.INTERRUPTED;
    }

    private int explain(DryRun run) {
        int code = ExitCodes.DONE;
        for (TraceId trace : traces) {
            List<WatchedTraces.Seen> decisions = run.watched().of(trace);
            if (decisions.isEmpty()) {
                PrintWriter err = command.commandLine().getErr();
                err.println("tailrace: the input has no span of trace " + trace.hex());
                err.flush();
                code = ExitCodes.FAILED;
            }
            for (WatchedTraces.Seen each : decisions) {
                print(ExplanationText.of(TraceExplanation.of(each, run.settings())));
            }
        }
        return code;
    }

    private void print(String text) {
        PrintWriter out = command.commandLine().getOut();
        out.println(text.stripTrailing());
        if (!traces.isEmpty()) {
            out.println();
        }
        out.flush();
    }
}
