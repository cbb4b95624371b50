package io.tailrace.jobs.http;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Waits for what a service does in its own time, and says so meanwhile. */
public final class Waiting {

    private final Time time;
    private final Deadline deadline;
    private final Duration interval;
    private final Progress progress;

    public Waiting(Time time, Deadline deadline, Duration interval, Progress progress) {
        this.time = time;
        this.deadline = deadline;
        this.interval = interval;
        this.progress = progress;
    }

    /** Told while something is waited for. */
    @FunctionalInterface
    public interface Progress {
        void waiting(String what, Duration since);
    }

    /** Asks whether it is so by now. */
    @FunctionalInterface
    public interface Probe<T> {
        /**
         * @param tries how often it was asked before
         * @return nothing as long as it is to be waited for
         */
        Optional<T> ask(int tries) throws IOException, InterruptedException;
    }

    /**
     * Asks again and again.
     *
     * @param what to follow "waiting until"
     * @throws CallException where it takes longer than this, or the deadline is over
     */
    public <T> T until(String what, Duration limit, Probe<T> probe)
            throws IOException, InterruptedException {
        Instant start = time.now();
        for (int tries = 0; ; tries++) {
            Optional<T> answer = probe.ask(tries);
            if (answer.isPresent()) {
                return answer.get();
            }
            Duration since = Duration.between(start, time.now());
            if (since.compareTo(limit) >= 0) {
                throw new CallException(
                        Fault.UNFULFILLED,
                        "waited %s until %s, in vain; it may still come, and running it again goes on"
                                .formatted(Deadline.inWords(limit), what));
            }
            progress.waiting(what, since);
            Duration left = deadline.left();
            time.sleep(left.compareTo(interval) < 0 ? left : interval);
        }
    }
}
