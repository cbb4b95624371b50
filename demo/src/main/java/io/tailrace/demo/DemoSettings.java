package io.tailrace.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a demo is to be like.
 *
 * @param spec the pipeline's
 * @param sets changes of it, as {@code --set} has them
 * @param length how long there is traffic, or null for as long as nobody ends it
 * @param rate requests a second
 * @param keep whether Kafka and PostgreSQL stay after the comparison, until Ctrl-C
 */
record DemoSettings(Path spec, List<String> sets, Duration length, double rate, boolean keep) {

    /** What is compared at the end is compared in memory; so many are some 400,000 spans. */
    static final long MOST_REQUESTS = 15_000;

    /** How many requests there are, if nobody ends it before. */
    long requests() {
        return length == null
                ? MOST_REQUESTS
                : Math.max(1, Math.round(length.toMillis() / 1000.0 * rate));
    }

    /** How long there is traffic, if nobody ends it before. */
    Duration lasts() {
        return Duration.ofMillis(Math.round(requests() * 1000 / rate));
    }
}
