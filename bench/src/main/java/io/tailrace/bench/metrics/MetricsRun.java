package io.tailrace.bench.metrics;

import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.StateBackendOptions;

import io.tailrace.bench.measure.BenchCluster;
import io.tailrace.bench.measure.Checkpoints;
import io.tailrace.bench.measure.Course;
import io.tailrace.bench.measure.MeasuredPart;
import io.tailrace.bench.measure.Run;
import io.tailrace.bench.measure.Run.Outcome;
import io.tailrace.bench.workload.RequestPool;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;

/**
 * Runs one mode once: warm-up, the measured part, and the end of all input, after which every span
 * that was sent must have come out.
 */
final class MetricsRun {

    /** How many series a window is to have, and how far from that it may be. */
    private static final long SERIES = 2000;

    private static final long TOLERANCE = 100;

    /** The pool begins anew each second, so that a window of two has all series. */
    private static final long SPANS_WITH_ALL_SERIES = 2L * RequestPool.SPANS_PER_SECOND;

    private final RequestPool pool;
    private final Duration warmUp;
    private final Duration measured;

    MetricsRun(RequestPool pool, Duration warmUp, Duration measured) {
        this.pool = pool;
        this.warmUp = warmUp;
        this.measured = measured;
    }

    /**
     * @param part runs as the measured part begins, and is closed as it ends
     * @throws IOException where the job failed, or did not do what it was to
     */
    MetricsResult run(MetricsMode mode, MeasuredPart part)
            throws IOException, InterruptedException {
        Map<String, String> flink =
                Map.of(
                        StateBackendOptions.STATE_BACKEND.key(),
                        "rocksdb",
                        CoreOptions.DEFAULT_PARALLELISM.key(),
                        Integer.toString(pool.lanes()));
        try (Run run = new Run(pool);
                BenchCluster cluster =
                        new BenchCluster(flink, env -> MetricsPipeline.define(env, mode, run))) {
            Course course = new Course(run, cluster);
            long begun = System.nanoTime();
            course.warmUp(() -> isWarm(run, begun));
            part.begin();
            long since = System.currentTimeMillis();
            course.measure(measured);
            Checkpoints checkpoints = cluster.checkpoints(since);
            part.end();
            course.finish();
            return new MetricsResult(
                    run.rate(), run.longestGapNanos() / 1e6, check(mode, run), checkpoints);
        }
    }

    private boolean isWarm(Run run, long begun) {
        return System.nanoTime() - begun >= warmUp.toNanos()
                && run.spans() >= SPANS_WITH_ALL_SERIES;
    }

    /**
     * A mode that does not do its work must not look fast.
     *
     * @return the series of a window
     */
    private static long check(MetricsMode mode, Run run) throws IOException {
        long letters = run.counted(Outcome.DEAD_LETTERS);
        if (letters > 0) {
            throw new IOException("%s: %d dead letters, of good spans".formatted(mode, letters));
        }
        Outcome outcome =
                switch (mode) {
                    case PASS_THROUGH -> Outcome.DISCARDED_SPANS;
                    case METRICS -> Outcome.SPANS_IN_ROWS;
                };
        if (run.counted(outcome) != run.spans()) {
            throw new IOException(
                    "%s: %,d spans were sent, but %,d came out"
                            .formatted(mode, run.spans(), run.counted(outcome)));
        }
        return mode == MetricsMode.PASS_THROUGH ? 0 : series(run);
    }

    private static long series(Run run) throws IOException {
        SortedMap<Long, Long> series = run.countedByWindow(Outcome.SERIES);
        SortedMap<Long, Long> spans = run.countedByWindow(Outcome.SPANS_IN_ROWS);
        spans.values().removeIf(few -> few < SPANS_WITH_ALL_SERIES);
        series.keySet().retainAll(spans.keySet());
        Collection<Long> ofWindows = series.values();
        if (ofWindows.isEmpty()
                || ofWindows.stream().anyMatch(each -> Math.abs(each - SERIES) > TOLERANCE)) {
            throw new IOException(
                    "A window is to have about %,d series, but there are %s, by window"
                            .formatted(SERIES, series));
        }
        return ofWindows.stream().mapToLong(Long::longValue).max().orElseThrow();
    }
}
