package io.tailrace.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that goes when it is closed, or when Ctrl-C ends the process before. */
final class TemporaryFolder implements AutoCloseable {

    private final Path path;
    private final Thread atExit = new Thread(this::deleteAtExit, "bench-folder");

    TemporaryFolder() throws IOException {
        path = Files.createTempDirectory("tailrace-bench");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    Path path() {
        return path;
    }

    /** The bytes of all files in a folder within. */
    long bytes(String within) throws IOException {
        try (Stream<Path> files = Files.walk(path.resolve(within))) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            // The process ends, and the hook does it.
            return;
        }
        delete();
    }

    /** What is left is little: the engine still writes, and takes away files itself. */
    private void deleteAtExit() {
        try {
            delete();
        } catch (IOException | UncheckedIOException stillWritten) {
            System.err.println("tailrace: files are left in " + path);
        }
    }

    private void delete() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(path)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException gone) {
            return;
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
