package io.tailrace.jobs.cli;

import java.nio.file.Path;

/** Where a run logs to. The terminal is for what a user asked for. */
final class LogFile {

    private static final String FILE = "tailrace.log";

    private LogFile() {}

    /** Before the first logger is made. */
    static void configure() {
        System.setProperty("log4j2.configurationFile", "tailrace-log4j2.properties");
        System.setProperty(FILE, Path.of(System.getProperty("java.io.tmpdir"), FILE).toString());
    }

    /** Moves the log to a run's folder, before that run's first logger is made. */
    static Path in(Path folder) {
        Path file = folder.resolve(FILE);
        System.setProperty(FILE, file.toString());
        return file;
    }
}
