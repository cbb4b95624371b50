package io.tailrace.bench.metrics;

import io.tailrace.bench.measure.Measured;
import io.tailrace.bench.measure.MeasuredPart;
import io.tailrace.bench.measure.Run;
import io.tailrace.bench.measure.Run.Outcome;
import io.tailrace.bench.measure.WholeRun;
import io.tailrace.bench.workload.RequestPool;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.SortedMap;

/** Runs one mode once, to its end, after which every span that was sent must have come out. */
final class MetricsRun {

    /** How many series a window is to have, and how far from that it may be. */
    private static final long SERIES = 2000;

    private static final long TOLERANCE = 100;

    /** The pool begins anew each second, so that a window of two has all series. */
    private static final long SPANS_WITH_ALL_SERIES = 2L * RequestPool.SPANS_PER_SECOND;

    private final RequestPool pool;
    private final WholeRun whole;
    private final Duration pairingWait;

    /**
     * @param pairingWait how long a side of a call waits for the other, in event time
     */
    MetricsRun(RequestPool pool, WholeRun whole, Duration pairingWait) {
        this.pool = pool;
        this.whole = whole;
        this.pairingWait = pairingWait;
    }

    /**
     * @param part runs as the measured part begins, and is closed as it ends
     * @throws IOException where the job failed, or did not do what it was to
     */
    MetricsResult run(MetricsMode mode, MeasuredPart part)
            throws IOException, InterruptedException {
        // As many sides stop to wait as begin to, after that time.
        Duration wait = mode.pairs() ? pairingWait : Duration.ZERO;
        try (Run run = new Run(pool)) {
            Measured measured =
                    whole.take(
                            run,
                            env -> MetricsPipeline.define(env, mode, run, pairingWait),
                            wait,
                            () -> run.spans() >= SPANS_WITH_ALL_SERIES,
                            part);
            return new MetricsResult(measured, check(mode, run));
        }
    }

    /**
     * A mode that does not do its work must not look fast.
     *
     * @return the series of a window
     */
    private static long check(MetricsMode mode, Run run) throws IOException {
        WholeRun.requireNoDeadLetters(mode, run);
        Outcome outcome =
                switch (mode) {
                    case PASS_THROUGH -> Outcome.DISCARDED_SPANS;
                    case METRICS, METRICS_AND_EDGES -> Outcome.SPANS_IN_ROWS;
                };
        WholeRun.requireAllSpans(mode, run, outcome);
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
