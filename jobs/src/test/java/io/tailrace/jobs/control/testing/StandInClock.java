package io.tailrace.jobs.control.testing;

import io.tailrace.jobs.http.Time;

import java.time.Duration;
import java.time.Instant;

/** Time that passes only when somebody waits for it. */
public final class StandInClock implements Time {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration duration) {
        now = now.plus(duration);
    }
}
