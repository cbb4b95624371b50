package io.tailrace.jobs.control.state;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.Optional;

/** Keeps what was done, as one JSON object. Whoever holds it open is the only one who may write. */
public interface StateStore extends AutoCloseable {

    /**
     * What was kept; nothing where nothing was.
     *
     * @throws IOException in words, where it cannot be read
     */
    Optional<ObjectNode> load() throws IOException;

    /**
     * Keeps it, whole or not at all.
     *
     * @throws IOException in words, where it cannot be written
     */
    void save(ObjectNode state) throws IOException;

    @Override
    void close() throws IOException;
}
