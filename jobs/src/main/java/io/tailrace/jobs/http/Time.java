package io.tailrace.jobs.http;

import java.time.Duration;
import java.time.Instant;

/** The time that passes, and waiting for it to. */
public interface Time {

    /** That of the machine. */
    Time SYSTEM =
            new Time() {
                @Override
                public Instant now() {
                    return Instant.now();
                }

                @Override
                public void sleep(Duration duration) throws InterruptedException {
                    Thread.sleep(duration.toMillis());
                }
            };

    Instant now();

    void sleep(Duration duration) throws InterruptedException;
}
