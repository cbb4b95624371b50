package io.tailrace.jobs.control.cli;

import io.tailrace.jobs.cli.DurationConverter;
import picocli.CommandLine.Option;

import java.time.Duration;

/** That a command is done again and again. */
final class WatchOptions {

    @Option(
            names = "--watch",
            arity = "0..1",
            paramLabel = "DURATION",
            fallbackValue = "10s",
            converter = DurationConverter.class,
            description =
                    "Does it again and again, with this pause (${FALLBACK-VALUE} where none is given),"
                            + " until Ctrl-C.")
    private Duration pause;

    Duration pause() {
        return pause;
    }
}
