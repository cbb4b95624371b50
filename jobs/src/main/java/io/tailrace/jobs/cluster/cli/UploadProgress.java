package io.tailrace.jobs.cluster.cli;

import io.tailrace.jobs.cli.Screen;
import io.tailrace.jobs.cluster.JarUpload;

import java.time.Duration;
import java.time.Instant;

/** Says how much of a jar was sent, a few times a second. */
final class UploadProgress implements JarUpload.Progress {

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Screen screen;
    private final Instant begun = Instant.now();
    private Instant said = begun;

    UploadProgress(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void sent(long bytes, long all) {
        Instant now = Instant.now();
        if (Duration.between(said, now).compareTo(PAUSE) >= 0) {
            said = now;
            screen.waiting(
                    "the jar is there, %d %% by now".formatted(100 * bytes / all),
                    Duration.between(begun, now));
        }
    }
}
