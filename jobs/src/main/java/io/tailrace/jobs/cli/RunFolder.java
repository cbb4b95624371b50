package io.tailrace.jobs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The folder of one run: its checkpoints, savepoints and log. */
final class RunFolder {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private RunFolder() {}

    /** Makes {@code out/runs/<job>-<time>} under the folder at hand, or one beside it. */
    static Path create(String job) throws IOException {
        Path runs = Files.createDirectories(Path.of("out", "runs").toAbsolutePath());
        String name = job + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(TIME);
        Path folder = runs.resolve(name);
        for (int i = 2; Files.exists(folder); i++) {
            folder = runs.resolve(name + "-" + i);
        }
        return Files.createDirectory(folder);
    }
}
