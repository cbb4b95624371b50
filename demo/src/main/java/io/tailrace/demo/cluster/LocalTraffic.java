package io.tailrace.demo.cluster;

import io.tailrace.broker.FreePorts;
import io.tailrace.demo.Compared;
import io.tailrace.demo.PlainRules;
import io.tailrace.demo.SamplingComparison;
import io.tailrace.jobs.cli.DurationConverter;
import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Program;
import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.spec.SpecResult;
import io.tailrace.jobs.tailsampling.TailSamplingSpec;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.plain.PlainRequest;
import io.tailrace.plain.PlainSpan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * All around the cluster of {@code deploy/local/run.sh}: the broker, the traffic, and the
 * comparison at the end. It takes one command a line from its input, answers each with one line,
 * and ends with its input; what people read goes to the error output.
 */
@Command(name = "local-traffic", description = "The broker and the traffic of a local cluster.")
public final class LocalTraffic implements Callable<Integer> {

    @Spec private CommandSpec command;

    @Option(names = "--spec", required = true)
    private Path specFile;

    @Option(names = "--folder", required = true)
    private Path folder;

    @Option(names = "--traffic")
    private Path traffic;

    @Option(names = "--requests", defaultValue = "2000")
    private int shopRequests;

    @Option(names = "--feed-time", converter = DurationConverter.class, defaultValue = "20s")
    private Duration feedTime;

    private PrintWriter out;
    private PrintWriter err;
    private Broker broker;
    private List<PlainRequest> requests;
    private TailSamplingSpec spec;
    private Patience patience;
    private PacedFeed feed;
    private SamplingComparison comparison;

    public static void main(String[] arguments) {
        Program.main(new LocalTraffic(), arguments);
    }

    @Override
    public Integer call() throws Exception {
        out = command.commandLine().getOut();
        err = command.commandLine().getErr();
        patience = new Patience(this::say);
        try (BufferedReader commands =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8));
                Broker opened = new Broker(folder)) {
            broker = opened;
            spec = spec(broker.address());
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                answer(line.split(" "));
            }
        }
        return ExitCodes.DONE;
    }

    private TailSamplingSpec spec(String brokers) throws IOException {
        SpecResult<TailSamplingSpec> result =
                SpecReader.read(
                        specFile, TailSamplingSpec.class, List.of(), Map.of("KAFKA", brokers));
        if (!result.isGood()) {
            throw new IOException(result.problems().get(0).toString());
        }
        Optional<String> unknown = PlainRules.unknown(result.value().tailSampling());
        if (unknown.isPresent()) {
            throw new IOException(unknown.get());
        }
        return result.value();
    }

    /** For the JobManager: of its REST interface, and for its TaskManagers. */
    private static String ports() throws IOException {
        int[] ports = FreePorts.some(2);
        return ports[0] + " " + ports[1];
    }

    private void answer(String[] words) {
        try {
            out.println(
                    switch (words[0]) {
                        case "brokers" -> broker.address();
                        case "ports" -> ports();
                        case "slots" -> awaitSlots(words[1], Integer.parseInt(words[2]));
                        case "feed" -> feed();
                        case "rest" -> {
                            feed.goOn();
                            yield "feeding";
                        }
                        case "read" -> awaitRead(Integer.parseInt(words[1]));
                        case "decided" -> awaitDecisions();
                        case "compare" -> compare();
                        default -> "failed: no command " + words[0];
                    });
        } catch (Exception failure) {
            out.println("failed: " + failure.getMessage());
        }
        out.flush();
    }

    private void say(String line) {
        err.println(line);
        err.flush();
    }

    private String awaitSlots(String jobManager, int slots) throws Exception {
        return patience.await(
                "the cluster has " + slots + " slots",
                () -> LocalCluster.slots(jobManager),
                slots,
                "%d of %d slots");
    }

    private String feed() throws IOException {
        requests = traffic == null ? Requests.ofShop(shopRequests) : Requests.ofFile(traffic);
        if (requests.isEmpty()) {
            throw new IOException(traffic + " has no requests");
        }
        SamplingSettings settings = spec.tailSampling();
        feed =
                new PacedFeed(
                        requests,
                        broker.spans(),
                        feedTime,
                        settings.decisionWait()
                                .plus(settings.decisionTtl())
                                .plus(Duration.ofMinutes(1)));
        feed.start();
        long spans = requests.stream().mapToLong(each -> PlainSpan.of(each.otlp()).size()).sum();
        say(
                String.format(
                        Locale.ROOT,
                        "  %,d requests with %,d spans, in %d s; from the half on slowly",
                        requests.size(),
                        spans,
                        feedTime.toSeconds()));
        return "feeding";
    }

    private String awaitRead(int percent) throws Exception {
        long wanted = Math.max(1, requests.size() * (long) percent / 100);
        String group = spec.source().kafka().groupId();
        return patience.await(
                "the job has read " + percent + " % of the requests",
                () -> broker.committed(group),
                wanted,
                "read %,d of %,d requests");
    }

    private String awaitDecisions() throws Exception {
        comparison = new SamplingComparison(requests, spec.tailSampling());
        feed.join();
        return patience.await(
                "all traces are decided",
                () -> broker.decisions().recordsSoFar(),
                comparison.decisions(),
                "%,d of %,d decisions");
    }

    private String compare() throws Exception {
        boolean same = true;
        for (Compared each :
                List.of(
                        comparison.decisions(SamplingComparison.texts(broker.decisions())),
                        comparison.keptSpans(broker.sampled()),
                        SamplingComparison.deadLetters(broker.deadLetters()))) {
            each.lines().forEach(this::say);
            same &= each.isSame();
        }
        return same ? "same" : "different";
    }
}
