package io.tailrace.jobs.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what {@code --from} means: a savepoint, a checkpoint, or a folder somewhere above some. */
final class RestorePoint {

    private static final String METADATA = "_metadata";
    private static final int DEEPEST = 5;

    private RestorePoint() {}

    /**
     * A path or URI: itself where it is a savepoint or checkpoint, else the newest below it. A
     * checkpoint that was not finished has no metadata, and is passed over.
     *
     * @throws IOException where there is none, in words for the user
     */
    static String find(String from) throws IOException {
        if (from.matches("[a-z0-9]{2,}:/.*") && !from.startsWith("file:")) {
            // Of another file system, which only Flink can look into.
            return from;
        }
        Path path = from.startsWith("file:") ? Path.of(URI.create(from)) : Path.of(from);
        return newest(path).toUri().toString();
    }

    private static Path newest(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new IOException("--from: there is no folder " + path);
        }
        try (Stream<Path> below = Files.walk(path, DEEPEST)) {
            Optional<Path> newest =
                    below.filter(file -> file.getFileName().toString().equals(METADATA))
                            .max(Comparator.comparing(RestorePoint::modified));
            return newest.orElseThrow(
                            () ->
                                    new IOException(
                                            "--from: no finished savepoint or checkpoint in "
                                                    + path))
                    .getParent()
                    .toAbsolutePath();
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }
}
