package io.tailrace.jobs.cli;

import org.apache.logging.log4j.core.config.Configurator;

import java.nio.file.Path;

/** Where a run logs to. The terminal is for what a user asked for. */
public final class LogFile {

    private static final String FILE = "tailrace.log";

    private LogFile() {}

    /** Before the first logger is made. */
    static void configure() {
        System.setProperty("log4j2.configurationFile", "tailrace-log4j2.properties");
        System.setProperty(FILE, Path.of(System.getProperty("java.io.tmpdir"), FILE).toString());
    }

    /** The file where the log is. */
    public static Path path() {
        return Path.of(System.getProperty(FILE));
    }

    /** Moves the log to a run's folder. */
    public static Path in(Path folder) {
        Path file = folder.resolve(FILE);
        System.setProperty(FILE, file.toString());
        // Reading a spec touches classes that have loggers, so Log4j may be there already.
        Configurator.reconfigure();
        return file;
    }
}
