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
    private final Duration pairingWait;

    /**
     * @param warmUp the least time before the measured part
     * @param pairingWait how long a side of a call waits for the other, in event time
     */
    MetricsRun(RequestPool pool, Duration warmUp, Duration measured, Duration pairingWait) {
        this.pool = pool;
        this.warmUp = warmUp;
        this.measured = measured;
        this.pairingWait = pairingWait;
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
                        new BenchCluster(
                                flink,
                                env -> MetricsPipeline.define(env, mode, run, pairingWait))) {
            Course course = new Course(run, cluster);
            long begun = System.nanoTime();
            course.warmUp(() -> isWarm(mode, run, begun));
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

    private boolean isWarm(MetricsMode mode, Run run, long begun) {
        // As many sides stop to wait as begin to, after that time.
        long wait = mode.pairs() ? pairingWait.toMillis() : 0;
        return System.nanoTime() - begun >= warmUp.toNanos()
                && run.spans() >= SPANS_WITH_ALL_SERIES
                && run.arrival() >= RequestPool.START_MILLIS + wait;
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
                    case METRICS, METRICS_AND_EDGES -> Outcome.SPANS_IN_ROWS;
                };
        if (run.counted(outcome) != run.spans()) {
            throw new IOException(
                    "%s: %,d spans were sent, but %,d came out"
                            .formatted(mode, run.spans(), run.counted(outcome)));
        }
        if (mode.pairs()) {
            checkCalls(run);
        }
        return mode == MetricsMode.PASS_THROUGH ? 0 : series(run);
    }

    /** Of traces that had begun before, or did not come to their end, any number may be missing. */
    private static void checkCalls(Run run) throws IOException {
        long traces = run.spans() / RequestPool.SPANS_PER_TRACE;
        long calls = run.counted(Outcome.CALLS_IN_ROWS);
        long off = Math.abs(calls - traces * RequestPool.CALLS_PER_TRACE);
        if (off > 2L * RequestPool.TRACES_IN_FLIGHT * RequestPool.CALLS_PER_TRACE) {
            throw new IOException(
                    "Of %,d traces of %d calls each, %,d calls came out"
                            .formatted(traces, RequestPool.CALLS_PER_TRACE, calls));
        }
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
