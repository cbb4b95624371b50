package io.tailrace.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;

/** The folder of all that a demo keeps; goes when it is closed. */
record Place(Path path) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    static Place make() throws IOException {
        return new Place(Files.createTempDirectory("tailrace-demo"));
    }

    /** What still writes may write, and delete, while it goes. */
    @Override
    public void close() throws IOException {
        long begun = System.nanoTime();
        while (Files.exists(path)) {
            try {
                Files.walkFileTree(path, new Deletion());
            } catch (IOException stillWritten) {
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IOException("Files are left in " + path, stillWritten);
                }
            }
        }
    }

    /** Of all that is there; what is gone already is as it should be. */
    private static final class Deletion extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (Files.exists(file)) {
                throw failure;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure)
                throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
