package io.tailrace.jobs.cli;

import picocli.CommandLine.Command;

/** {@code tailrace bench}. */
@Command(
        name = "bench",
        description = {
            "Measures how fast the jobs are.",
            "The benchmarks are no part of the job jar: ./tailrace builds and starts them from the"
                    + " sources, and ./tailrace bench --help tells more."
        })
final class BenchCommand extends StartedFromSources {}
