package io.tailrace.jobs.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Real traces, which lie beside the repository on some machines. */
public enum RealTraffic {
    ONLINE_BOUTIQUE("online-boutique.otlp.jsonl.gz"),
    TRAIN_TICKET("train-ticket.otlp.jsonl.gz");

    private final Path file;

    RealTraffic(String name) {
        this.file = Path.of("..", "..", "shared", "data", name).toAbsolutePath().normalize();
    }

    public boolean isHere() {
        return Files.isReadable(file);
    }

    public Path file() {
        return file;
    }

    public Traffic read() throws IOException {
        return Traffic.ofFile(file);
    }
}
