package io.tailrace.jobs.tailsampling;

import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.testing.KafkaExtension;
import io.tailrace.jobs.testing.KafkaSinks;
import io.tailrace.jobs.testing.PacedTraffic;
import io.tailrace.jobs.testing.RandomTraffic;
import io.tailrace.jobs.testing.RealTraffic;
import io.tailrace.jobs.testing.SamplingSpecs;
import io.tailrace.jobs.testing.TailraceProcess;
import io.tailrace.jobs.testing.Traffic;
import io.tailrace.plain.PlainSampler;
import io.tailrace.plain.Sampling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A job that is killed again and again must give what it would have given without. */
@ExtendWith(KafkaExtension.class)
final class KillTest {

    private static final long SEED = 20_260_101;
    private static final int CHECKPOINTS_BEFORE_KILL = 3;
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final Sampling SAMPLING = Sampling.eager(WAIT, TTL);
    private static final Duration LIFE = Duration.ofMinutes(2);

    /** So slow that records come at each kill, else none could be doubled. */
    private static final Duration PACED = Duration.ofMinutes(8);

    private static final Pattern PROGRESS =
            Pattern.compile(".*traces open ([0-9,]+), kept ([0-9,]+), not kept ([0-9,]+).*");

    private final Random random = new Random(SEED);

    @TempDir private Path folder;

    /** What progress lines say of a life. */
    private record Progress(long open, long decided) {}

    @Test
    void losesAndDoublesNothingThroughTenKills(KafkaBroker broker) throws Exception {
        // Half of the restarts change the parallelism.
        survives(10, life -> life / 2 % 2 + 1, SAMPLING, broker);
    }

    /** Budgets are shared out by the parallelism, so it must stay for them to be spent alike. */
    @Test
    void spendsABudgetOnceThroughKills(KafkaBroker broker) throws Exception {
        survives(4, life -> 1, SAMPLING.limited(50), broker);
    }

    private void survives(
            int kills, IntUnaryOperator parallelism, Sampling sampling, KafkaBroker broker)
            throws Exception {
        Traffic traffic =
                RealTraffic.TRAIN_TICKET.isHere()
                        ? RealTraffic.TRAIN_TICKET.read()
                        : RandomTraffic.of(SEED, 2_500);
        PlainSampler plain = PlainSampler.of(traffic.requests(), sampling);
        assertThat(plain.keptBy("some") > 10).isEqualTo(sampling.spansPerSecond() > 0);
        KafkaTopic topic = broker.topic("requests", 4);
        KafkaSinks sinks = KafkaSinks.of(broker, "exactly_once");
        Path spec =
                Files.writeString(
                        folder.resolve("spec.yaml"),
                        SamplingSpecs.spec(
                                "killed", SamplingSpecs.kafka(broker, topic), sinks, sampling));

        try (PacedTraffic paced = new PacedTraffic(traffic, topic, PACED)) {
            for (int kill = 0; kill < kills; kill++) {
                liveAndDie(spec, kill, parallelism.applyAsInt(kill));
                assertThat(paced.isSent()).as("all sent before kill %d", kill).isFalse();
            }
            paced.hurry();
            try (TailraceProcess last = start(spec, kills, parallelism.applyAsInt(kills))) {
                await().atMost(LIFE).until(paced::isSent);
                paced.end(WAIT, TTL);
                await().atMost(LIFE)
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> sinks.decisions().recordsSoFar() >= plain.decisions().size());
                last.interrupt();
                assertThat(last.exitCode()).as("exit code after %s", last.lines()).isZero();
            }
        }

        sinks.results().assertSame("seed " + SEED, plain);
        assertThat(sinks.results().deadLetters()).isEmpty();
    }

    private void liveAndDie(Path spec, int life, int parallelism) throws Exception {
        Set<Path> before = checkpoints();
        Set<Path> completed = new HashSet<>();
        try (TailraceProcess tailrace = start(spec, life, parallelism)) {
            await("checkpoints, and traces both open and decided, in life " + life)
                    .atMost(LIFE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(
                            () -> {
                                assertThat(tailrace.isAlive())
                                        .as("life %d, which said %s", life, tailrace.lines())
                                        .isTrue();
                                completed.addAll(checkpoints());
                                completed.removeAll(before);
                                Progress progress = progress(tailrace);
                                return completed.size() >= CHECKPOINTS_BEFORE_KILL
                                        && progress.open() > 0
                                        && progress.decided() > 0;
                            });
            // Somewhere between two checkpoints, or within one.
            int more = random.nextInt(800);
            assertThat(tailrace.endsWithin(Duration.ofMillis(more)))
                    .as("ended by itself in life %d; it said %s", life, tailrace.lines())
                    .isFalse();
            tailrace.kill();
        }
    }

    /** Goes on from the newest checkpoint of all lives. */
    private TailraceProcess start(Path spec, int life, int parallelism) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("run", spec.toString(), "--progress", "0.2"));
        arguments.addAll(List.of("--set", "flink.parallelism.default=" + parallelism));
        arguments.addAll(List.of("--set", "flink.execution.checkpointing.interval=500ms"));
        arguments.addAll(List.of("--set", "flink.restart-strategy.type=disable"));
        if (life > 0) {
            arguments.addAll(List.of("--from", folder.resolve("out/runs").toString()));
        }
        return TailraceProcess.start(folder, arguments);
    }

    /** The completed ones that are there now; Flink deletes those before. */
    private Set<Path> checkpoints() throws IOException {
        Set<Path> found = new HashSet<>();
        Path runs = folder.resolve("out/runs");
        if (!Files.isDirectory(runs)) {
            return found;
        }
        try (Stream<Path> all = Files.list(runs)) {
            for (Path run : all.toList()) {
                addCheckpoints(run.resolve("checkpoints"), found);
            }
        }
        return found;
    }

    private static void addCheckpoints(Path folder, Set<Path> found) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> jobs = Files.list(folder)) {
            for (Path job : jobs.toList()) {
                try (Stream<Path> checkpoints = Files.list(job)) {
                    checkpoints
                            .filter(each -> Files.exists(each.resolve("_metadata")))
                            .forEach(found::add);
                }
            }
        }
    }

    private static Progress progress(TailraceProcess tailrace) {
        Progress last = new Progress(0, 0);
        for (String line : tailrace.lines()) {
            Matcher progress = PROGRESS.matcher(line);
            if (progress.matches()) {
                last =
                        new Progress(
                                number(progress.group(1)),
                                number(progress.group(2)) + number(progress.group(3)));
            }
        }
        return last;
    }

    private static long number(String text) {
        return Long.parseLong(text.replace(",", ""));
    }
}
