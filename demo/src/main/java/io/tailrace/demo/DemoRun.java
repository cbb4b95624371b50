package io.tailrace.demo;

import io.tailrace.demo.screen.Display;
import io.tailrace.demo.screen.Picture;
import io.tailrace.demo.screen.PictureText;
import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Failures;
import io.tailrace.jobs.cli.LogFile;
import io.tailrace.jobs.pipeline.PipelineSpec;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.sinks.jdbc.schema.SchemaMigration;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A demo from its start to its end: {@link #start}, {@link #play}, {@link #compare}. What it says
 * goes to {@code out} as it happens.
 */
final class DemoRun implements AutoCloseable {

    /** With it payments fail early: from 25 s on. */
    static final long SEED = 13;

    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final DemoSettings settings;
    private final PrintWriter out;
    private final Steps steps;
    private final Interrupts interrupts = new Interrupts();
    private final Place place;
    private final Burst burst = Burst.first(SEED);
    private Servers servers;
    private PipelineSpec spec;
    private Pipeline pipeline;
    private ShopSender shop;

    DemoRun(DemoSettings settings, PrintWriter out) throws IOException {
        this.settings = settings;
        this.out = out;
        this.steps = new Steps(out);
        this.place = Place.make();
        interrupts.closeAtOnce(place);
        interrupts.closeAtOnce(new Children());
    }

    /** All of it; gives the exit code. */
    int run(PrintWriter err) {
        try {
            start();
            if (interrupts.came()) {
                return stopped();
            }
            play();
            if (interrupts.came() && shop.sent() == 0) {
                return stopped();
            }
            int code = compare();
            if (settings.keep()) {
                // Before it is said: nobody knows how soon it is answered.
                interrupts.forget();
                steps.say("Kafka and PostgreSQL stay as they are until Ctrl-C.");
                interrupts.await();
            }
            return code;
        } catch (Exception failure) {
            // A terminal interrupts what this process has started, too.
            if (interrupts.came() && pipeline == null) {
                return stopped();
            }
            out.flush();
            err.println("tailrace: " + Failures.inOneLine(failure));
            err.println("More is in " + LogFile.path());
            err.flush();
            return ExitCodes.FAILED;
        }
    }

    private int stopped() {
        steps.say("Stopped before there was any traffic.");
        return ExitCodes.INTERRUPTED;
    }

    /** Of all that it keeps. */
    Path folder() {
        return place.path();
    }

    Servers servers() {
        return servers;
    }

    /**
     * Broker, database, tables, job: each is ready when the next one is started. Ctrl-C ends it
     * early.
     */
    void start() throws Exception {
        steps.say("Everything is in this process and on the loopback interface, and goes with it.");
        // What is wrong is said before anything is started; where servers are is known later.
        Optional<String> unknown = PlainRules.unknown(settings.pipeline(Map.of()));
        if (unknown.isPresent()) {
            throw new DemoException(unknown.get());
        }
        servers = Servers.start(place.path(), steps, interrupts);
        spec = settings.pipeline(servers.environment());
        if (interrupts.came()) {
            return;
        }
        steps.done(
                "tables",
                () -> SchemaMigration.run(spec.sinks().tables().get(0).database()),
                done -> "seven of inventory, two of metrics, one of decisions");
        steps.done(
                "pipeline",
                () -> {
                    pipeline = new Pipeline(spec, place.path().resolve("flink"));
                    pipeline.awaitStart();
                    return pipeline.webAddress();
                },
                address -> address + "  (" + settings.spec().getFileName() + ")");
    }

    /** Sends and shows the traffic, until it ends and no trace is open any more. */
    void play() throws Exception {
        FailedTraces failed = new FailedTraces(burst);
        shop = new ShopSender(settings.traffic(SEED), settings.requests(), servers.spans(), failed);
        steps.say(
                "  %-12s%s"
                        .formatted(
                                "traffic",
                                "a shop of eleven services, for "
                                        + PictureText.clock(settings.lasts())
                                        + failing()));
        shop.start();
        Watch watch =
                new Watch(
                        pipeline.metrics(),
                        servers.database(),
                        pipeline.webAddress().toString(),
                        spec.tailSampling().policies().stream().map(NamedPolicy::name).toList(),
                        failed,
                        settings.lasts(),
                        shop.startMillis());
        Picture last;
        try (Display display = Display.of(out)) {
            interrupts.closeAtOnce(display);
            while (!shop.isDone() && !interrupts.await(MOMENT)) {
                pipeline.failIfEnded();
                display.show(watch.look(true));
            }
            shop.stop();
            shop.join();
            last =
                    new Settling(pipeline, servers.committed(), spec.source().kafka().groupId())
                            .await(shop.sent(), watch, display);
        }
        steps.say("");
        PictureText.body(last).forEach(steps::say);
    }

    private String failing() {
        return settings.lasts().compareTo(burst.from()) < 0
                ? ""
                : "; from %s on payments fail".formatted(PictureText.clock(burst.from()));
    }

    /** Ends the job, and compares all that it wrote; gives the exit code. */
    int compare() throws Exception {
        steps.say("");
        if (pipeline.isRunning()) {
            steps.done(
                    "end",
                    () -> {
                        pipeline.drain();
                        return pipeline;
                    },
                    ended -> "no trace is open, the job is stopped");
        }
        steps.say("Read back from Kafka and counted plainly, on one thread:");
        boolean same =
                new SelfCheck(spec, servers)
                        .run(shop.sent(), each -> each.lines().forEach(steps::say));
        steps.say(
                same
                        ? "All results are what a plain reading gives."
                        : "THE RESULTS ARE NOT WHAT A PLAIN READING GIVES.");
        return same ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    @Override
    public void close() throws IOException {
        try {
            if (pipeline != null) {
                pipeline.close();
            }
        } finally {
            try {
                if (servers != null) {
                    servers.close();
                }
            } finally {
                place.close();
                interrupts.close();
            }
        }
    }
}
