package io.tailrace.jobs.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The folder of one run: its checkpoints, savepoints and log. */
public final class RunFolder {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private RunFolder() {}

    /** Makes {@code out/runs/<job>-<time>} under the folder at hand, or one beside it. */
    public static Path create(String job) throws IOException {
        Path folder = path(job);
        Files.createDirectories(folder.getParent());
        for (int i = 2; Files.exists(folder); i++) {
            folder = folder.resolveSibling(path(job).getFileName() + "-" + i);
        }
        return Files.createDirectory(folder);
    }

    /** Where the folder of a run that begins now is; it may be there or not. */
    public static Path path(String job) {
        String time = LocalDateTime.now(ZoneId.systemDefault()).format(TIME);
        return Path.of("out", "runs", job + "-" + time).toAbsolutePath();
    }
}
