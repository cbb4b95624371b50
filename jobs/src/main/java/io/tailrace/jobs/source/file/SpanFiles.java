package io.tailrace.jobs.source.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Finds and opens the files that a path means. */
final class SpanFiles {

    private static final int BUFFER = 256 * 1024;

    private SpanFiles() {}

    /** The file itself, or a folder's files by name, but for those that begin with a dot. */
    static List<String> in(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        if (!Files.isDirectory(path)) {
            return List.of(path.toString());
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    /** Opens a file; by its first two bytes it is told whether it is gzip. */
    static InputStream open(String file) throws IOException {
        InputStream plain = new BufferedInputStream(Files.newInputStream(Path.of(file)), BUFFER);
        plain.mark(2);
        boolean gzip = plain.read() == 0x1f && plain.read() == 0x8b;
        plain.reset();
        if (!gzip) {
            return plain;
        }
        try {
            return new BufferedInputStream(new GZIPInputStream(plain, BUFFER), BUFFER);
        } catch (IOException broken) {
            plain.close();
            throw broken;
        }
    }
}
