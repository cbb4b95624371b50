package io.tailrace.bench.measure;

import picocli.CommandLine.Option;

import java.time.Duration;

/** The options of commands that measure jobs which pair spans: how long what waits. */
public final class Waits {

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description =
                    "How long each run warms up at least; it goes on until all that there is was"
                            + " seen (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--pairing-wait",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "How long a side of a call waits for the other, by the time of the spans"
                            + " (default: ${DEFAULT-VALUE}).")
    private int pairingWait;

    /** Refuses values below 0. */
    public void check(Measuring measuring) {
        measuring.requireAtLeast("--warm-up", warmUp, 0);
        measuring.requireAtLeast("--pairing-wait", pairingWait, 0);
    }

    /** A run that warms up so long, and is measured as long as others. */
    public WholeRun wholeRun(Measuring measuring) {
        return new WholeRun(Duration.ofSeconds(warmUp), measuring.measured());
    }

    public Duration pairing() {
        return Duration.ofSeconds(pairingWait);
    }
}
