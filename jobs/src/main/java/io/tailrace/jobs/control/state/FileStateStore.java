package io.tailrace.jobs.control.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A file, replaced as a whole. A file beside it is locked while it may be written. It is not forced
 * to the disk: what a machine loses with its power is found again by name.
 */
final class FileStateStore implements StateStore {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final FileChannel lock;

    private FileStateStore(Path file, FileChannel lock) {
        this.file = file;
        this.lock = lock;
    }

    static StateStore toRead(Path file) {
        return new FileStateStore(file, null);
    }

    static StateStore toWrite(Path file) throws IOException {
        Path beside = beside(file, ".lock");
        FileChannel channel = null;
        try {
            if (file.toAbsolutePath().getParent() != null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
            }
            channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(channel)) {
                return new FileStateStore(file, channel);
            }
        } catch (IOException failure) {
            if (channel != null) {
                channel.close();
            }
            throw new IOException("the state cannot be kept in " + file + ": " + failure, failure);
        }
        channel.close();
        throw new BusyException(file.toString());
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException thisProcess) {
            return false;
        }
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    @Override
    public Optional<ObjectNode> load() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode read = JSON.readTree(Files.readString(file));
            if (read instanceof ObjectNode state) {
                return Optional.of(state);
            }
        } catch (JsonProcessingException damaged) {
            throw new IOException(
                    "the state in %s is damaged; move it away, and what exists is found again"
                            .formatted(file),
                    damaged);
        }
        throw new IOException(file + " holds no state; name another file for it");
    }

    @Override
    public void save(ObjectNode state) throws IOException {
        Path next = beside(file, ".next");
        Files.writeString(
                next,
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(state) + '\n',
                StandardCharsets.UTF_8);
        if (Files.getFileStore(next).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
