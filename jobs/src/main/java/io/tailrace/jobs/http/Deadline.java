package io.tailrace.jobs.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** When a whole command must be over. */
public final class Deadline {

    private final Time time;
    private final Duration length;
    private final Instant end;

    public Deadline(Time time, Duration length) {
        this.time = time;
        this.length = length;
        this.end = time.now().plus(length);
    }

    /**
     * How long there is left, at least a millisecond.
     *
     * @throws CallException where nothing is
     */
    public Duration left() throws CallException {
        Duration left = Duration.between(time.now(), end);
        if (left.toMillis() <= 0) {
            throw new CallException(
                    Fault.DEADLINE,
                    "the deadline of %s is over; run it again to go on".formatted(inWords(length)));
        }
        return left;
    }

    /** As people say it: {@code 1h30m}, {@code 5m}, {@code 1.5s}. */
    public static String inWords(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
