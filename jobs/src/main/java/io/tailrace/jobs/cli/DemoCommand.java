package io.tailrace.jobs.cli;

import picocli.CommandLine.Command;

/** {@code tailrace demo}, which brings a broker and a database along. */
@Command(
        name = "demo",
        description = {
            "Shows all of it at work: Kafka, PostgreSQL, traffic and a pipeline in one process.",
            "The demo is no part of the job jar: ./tailrace builds and starts it from the sources,"
                    + " and ./tailrace demo --help tells more."
        })
final class DemoCommand extends StartedFromSources {}
