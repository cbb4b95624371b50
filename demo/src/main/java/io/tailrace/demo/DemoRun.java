package io.tailrace.demo;

import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Signals;
import io.tailrace.jobs.pipeline.PipelineSpec;
import io.tailrace.jobs.source.generator.GeneratorSettings;
import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.spec.SpecResult;
import io.tailrace.sinks.jdbc.schema.SchemaMigration;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A demo from its start to its end. */
final class DemoRun {

    private static final int PARTITIONS = 4;

    private final DemoSettings settings;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Steps steps;
    private final CountDownLatch stop = new CountDownLatch(1);

    DemoRun(DemoSettings settings, PrintWriter out, PrintWriter err) {
        this.settings = settings;
        this.out = out;
        this.err = err;
        this.steps = new Steps(out);
    }

    /** Gives the exit code. */
    int run() throws Exception {
        Signals signals = Signals.onStop(stop::countDown);
        try (Place place = Place.make()) {
            return run(place);
        } catch (DemoException failure) {
            out.flush();
            err.println("tailrace: " + failure.getMessage());
            err.flush();
            return ExitCodes.FAILED;
        } finally {
            signals.close();
        }
    }

    private int run(Place place) throws Exception {
        steps.say(
                "Everything runs in this process, on the loopback interface; nothing of it stays.");
        try (KafkaBroker broker =
                        steps.done(
                                "Kafka",
                                () -> new KafkaBroker(folder(place, "kafka")),
                                KafkaBroker::address);
                Postgres postgres =
                        steps.done(
                                "PostgreSQL",
                                () -> new Postgres(folder(place, "postgres")),
                                Postgres::address)) {
            KafkaTopic spans = broker.exactly("otlp_spans", PARTITIONS);
            KafkaTopic sampled = broker.exactly("otlp_spans_sampled", PARTITIONS);
            KafkaTopic letters = broker.exactly("tailrace_dead_letters", 1);
            PipelineSpec spec = spec(broker, postgres);
            steps.done(
                    "tables",
                    () -> SchemaMigration.run(spec.sinks().tables().get(0).database()),
                    done -> "version " + done.to());
            try (Pipeline pipeline =
                            steps.done(
                                    "pipeline",
                                    () -> start(spec, place),
                                    started -> started.webAddress().toString());
                    Connection database = postgres.connect()) {
                ShopSender shop = new ShopSender(traffic(), settings.requests(), spans);
                shop.start();
                while (!shop.isDone() && !stop.await(1, TimeUnit.SECONDS)) {
                    failIfEnded(pipeline);
                    say(pipeline);
                }
                shop.stop();
                shop.join();
                awaitNothingOpen(pipeline, shop);
                pipeline.drain();
                boolean same =
                        new SelfCheck(spec, spans, sampled, letters, database)
                                .run(each -> say(each));
                return same ? ExitCodes.DONE : ExitCodes.FAILED;
            }
        }
    }

    private void say(Compared compared) {
        steps.say(compared.line());
        compared.differences().stream()
                .limit(3)
                .forEach(each -> steps.say("    " + each.replace("\n", "\n    ")));
    }

    private void say(Pipeline pipeline) {
        steps.say(
                "spans "
                        + pipeline.metrics().sum("spans_in")
                        + " open "
                        + pipeline.metrics().sum("traces_open"));
    }

    private void failIfEnded(Pipeline pipeline) throws Exception {
        var failure = pipeline.failure();
        if (failure.isPresent()) {
            throw new DemoException("The job failed: " + failure.get());
        }
    }

    private void awaitNothingOpen(Pipeline pipeline, ShopSender shop) throws Exception {
        int quiet = 0;
        while (quiet < 2) {
            TimeUnit.SECONDS.sleep(1);
            failIfEnded(pipeline);
            say(pipeline);
            boolean settled =
                    pipeline.metrics().sum("requests_in") >= shop.sent()
                            && pipeline.metrics().sum("traces_open") == 0;
            quiet = settled ? quiet + 1 : 0;
        }
    }

    private static java.nio.file.Path folder(Place place, String name) throws IOException {
        return Files.createDirectory(place.path().resolve(name));
    }

    private static Pipeline start(PipelineSpec spec, Place place) throws Exception {
        Pipeline pipeline = new Pipeline(spec, folder(place, "flink"));
        try {
            pipeline.awaitStart();
            return pipeline;
        } catch (Exception failure) {
            pipeline.close();
            throw failure;
        }
    }

    private PipelineSpec spec(KafkaBroker broker, Postgres postgres)
            throws DemoException, SQLException {
        SpecResult<PipelineSpec> result =
                SpecReader.read(
                        settings.spec(),
                        PipelineSpec.class,
                        settings.sets(),
                        Map.of(
                                "KAFKA",
                                broker.address(),
                                "POSTGRES",
                                postgres.url(),
                                "POSTGRES_USER",
                                Postgres.USER,
                                "POSTGRES_PASSWORD",
                                Postgres.PASSWORD));
        if (!result.isGood()) {
            throw new DemoException(result.problems().get(0).toString());
        }
        return result.value();
    }

    private GeneratorSettings traffic() {
        return new GeneratorSettings(
                1, settings.rate(), 2, null, null, true, true, 0.02, 0.01, true, null);
    }
}
