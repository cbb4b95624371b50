package io.tailrace.demo;

import io.tailrace.demo.screen.Picture;
import io.tailrace.jobs.cli.live.LiveMetrics;
import io.tailrace.jobs.cli.live.SamplingFigures;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Looks at a pipeline at work: what it counts itself, and what it wrote so far. */
final class Watch {

    private static final int MOMENTS = 30;

    private final LiveMetrics metrics;
    private final Written written;
    private final String webUi;
    private final Duration length;
    private final FailedTraces failed;
    private final long start;
    private final Deque<Long> rates = new ArrayDeque<>();
    private long lastSpans;
    private long lastTime;

    /**
     * @param policies their names
     * @param start of the traffic, milliseconds since the epoch
     */
    Watch(
            LiveMetrics metrics,
            Connection database,
            String webUi,
            List<String> policies,
            FailedTraces failed,
            Duration length,
            long start) {
        this.metrics = metrics;
        this.written = new Written(database, policies, start);
        this.webUi = webUi;
        this.length = length;
        this.failed = failed;
        this.start = start;
        this.lastTime = System.nanoTime();
    }

    /**
     * What there is to see now.
     *
     * @param traffic whether there still is
     */
    Picture look(boolean traffic) throws SQLException {
        long now = System.nanoTime();
        SamplingFigures figures = SamplingFigures.of(metrics);
        long spans = figures.spans();
        rates.add(Math.round((spans - lastSpans) * 1e9 / Math.max(1, now - lastTime)));
        lastSpans = spans;
        lastTime = now;
        if (rates.size() > MOMENTS) {
            rates.remove();
        }
        return new Picture(
                elapsed(),
                length,
                traffic,
                webUi,
                spans,
                rates.stream()
                        .skip(Math.max(0, rates.size() - 5))
                        .mapToLong(each -> each)
                        .average()
                        .orElse(0),
                new ArrayList<>(rates),
                figures.open(),
                written.keptBy(),
                written.notKept(),
                figures.lateSpans(),
                written.burst(failed, elapsed()),
                written.services(),
                written.things(),
                written.found(),
                figures.deadLetters().values().stream().mapToLong(each -> each).sum(),
                figures.restarts());
    }

    private Duration elapsed() {
        return Duration.ofMillis(System.currentTimeMillis() - start);
    }
}
