package io.tailrace.bench.sampling;

import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.StateBackendOptions;

import io.tailrace.bench.measure.BenchCluster;
import io.tailrace.bench.measure.Checkpoints;
import io.tailrace.bench.measure.Course;
import io.tailrace.bench.measure.MeasuredPart;
import io.tailrace.bench.measure.Run;
import io.tailrace.bench.measure.Run.Outcome;
import io.tailrace.bench.measure.Traffic;
import io.tailrace.bench.workload.RequestPool;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;

/** Runs one mode once: warm-up, the measured part, the end. */
final class ModeRun {

    /** Of the spans, how many are to be kept, and how far from that a large run may be. */
    private static final double KEPT = 0.05;

    private static final double TOLERANCE = 0.015;

    /** Standard deviations of chance that a small run may be off beyond that. */
    private static final double DEVIATIONS = 4;

    private final Plan plan;
    private final Mode mode;
    private final Traffic traffic;

    ModeRun(Plan plan, Mode mode, Traffic traffic) {
        this.plan = plan;
        this.mode = mode;
        this.traffic = traffic;
    }

    /**
     * @param part runs as the measured part begins, and is closed as it ends
     * @throws IOException where the job failed, or did not do what it was to
     */
    ModeResult run(MeasuredPart part) throws IOException, InterruptedException {
        Map<String, String> flink =
                Map.of(
                        StateBackendOptions.STATE_BACKEND.key(),
                        mode.stateBackend(),
                        CoreOptions.DEFAULT_PARALLELISM.key(),
                        Integer.toString(plan.parallelism()));
        try (Run run = new Run(traffic);
                BenchCluster cluster =
                        new BenchCluster(
                                flink,
                                env ->
                                        SamplingPipeline.define(
                                                env, mode, run, plan.decisionWait()))) {
            long begun = System.nanoTime();
            Course course = new Course(run, cluster);
            course.warmUp(() -> isWarm(run, begun));
            part.begin();
            ModeResult result = measure(course);
            part.end();
            check(run, result);
            return result;
        }
    }

    private boolean isWarm(Run run, long begun) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
        if (elapsed.compareTo(plan.warmUp()) < 0 || run.spans() == 0) {
            return false;
        }
        // What the reference holds goes by the wall clock: after that time it grows no more.
        return run.arrival() >= RequestPool.START_MILLIS + plan.eventTimeToWarmUp().toMillis()
                || mode == Mode.REFERENCE && elapsed.compareTo(plan.eventTimeToWarmUp()) >= 0;
    }

    private ModeResult measure(Course course) throws IOException, InterruptedException {
        Run run = course.run();
        long since = System.currentTimeMillis();
        long kept = run.counted(Outcome.KEPT_SPANS);
        long decisions = run.counted(Outcome.DECISIONS);
        long collected = collectorMillis();
        course.measure(plan.measured());
        kept = run.counted(Outcome.KEPT_SPANS) - kept;
        decisions = run.counted(Outcome.DECISIONS) - decisions;
        collected = collectorMillis() - collected;
        Checkpoints checkpoints = course.cluster().checkpoints(since);
        return new ModeResult(
                mode,
                run.rate(),
                run.measuredSpans(),
                run.longestGapNanos() / 1e6,
                (double) kept / Math.max(1, run.measuredSpans()),
                decisions,
                collected,
                checkpoints);
    }

    /** A mode that does not do its work must not look fast. */
    private void check(Run run, ModeResult result) throws IOException {
        long letters = run.counted(Outcome.DEAD_LETTERS);
        if (letters > 0) {
            throw new IOException("%s: %d dead letters, of good spans".formatted(mode, letters));
        }
        if (result.spans() == 0) {
            throw new IOException("%s: nothing was sent in the measured part".formatted(mode));
        }
        double share = result.keptShare();
        double traces = (double) result.spans() / RequestPool.SPANS_PER_TRACE;
        double chance = DEVIATIONS * Math.sqrt(KEPT * (1 - KEPT) / traces);
        if (mode.samples() && Math.abs(share - KEPT) > TOLERANCE + chance) {
            throw new IOException(
                    "%s: %.1f %% of the spans were kept; about 5 %% should be"
                            .formatted(mode, 100 * share));
        }
        if (mode == Mode.PASS_THROUGH && run.counted(Outcome.DISCARDED_SPANS) == 0) {
            throw new IOException("pass_through: nothing came through");
        }
    }

    private static long collectorMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }
}
