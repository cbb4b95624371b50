package io.tailrace.jobs.source.generator;

import java.time.Duration;
import java.time.Instant;

/** Generator settings for tests: the defaults, unpaced, from a fixed start. */
final class Settings {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private Settings() {}

    static GeneratorSettings ofSeed(long seed) {
        return bounded(seed, null, null);
    }

    static GeneratorSettings bounded(long seed, Long count, Duration duration) {
        return new GeneratorSettings(
                seed, 20, 2, count, duration, true, true, 0.02, 0.01, false, START);
    }

    static GeneratorSettings paced(Long count) {
        return new GeneratorSettings(1, 20, 2, count, null, true, true, 0.02, 0.01, true, START);
    }

    /** As fast traffic as the arrivals' whole milliseconds can hardly tell apart. */
    static GeneratorSettings ofRate(long seed, double rate) {
        return new GeneratorSettings(
                seed, rate, 2, null, null, true, true, 0.02, 0.01, false, START);
    }

    static GeneratorSettings calm(long seed) {
        return new GeneratorSettings(seed, 20, 2, null, null, false, false, 0, 0, false, START);
    }
}
