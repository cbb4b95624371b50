package io.tailrace.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of all that a demo keeps; goes when it is closed. */
record Place(Path path) implements AutoCloseable {

    private static final int MOST_TURNS = 10;

    static Place make() throws IOException {
        return new Place(Files.createTempDirectory("tailrace-demo"));
    }

    /** What still writes may write while it goes. */
    @Override
    public void close() throws IOException {
        for (int turn = 1; Files.exists(path); turn++) {
            try {
                delete();
            } catch (IOException | UncheckedIOException stillWritten) {
                if (turn == MOST_TURNS) {
                    throw new IOException("Files are left in " + path, stillWritten);
                }
            }
        }
    }

    private void delete() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(path)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
