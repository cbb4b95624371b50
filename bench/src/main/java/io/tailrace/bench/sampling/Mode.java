package io.tailrace.bench.sampling;

import io.tailrace.operators.input.Encoding;

import java.util.Locale;

/** What is measured against each other. */
enum Mode {
    /** Requests are read, split by trace, shuffled and thrown away: what can be reached at best. */
    PASS_THROUGH(Encoding.OTLP_PROTO, "hashmap"),
    /** JSON text in RocksDB, read anew for each condition. */
    REFERENCE(Encoding.BK_JSON, "rocksdb"),
    /** The job as it is, its state in RocksDB. */
    ROCKSDB(Encoding.OTLP_PROTO, "rocksdb"),
    /** The job as it is, its state on the heap. */
    HEAP(Encoding.OTLP_PROTO, "hashmap");

    private final Encoding encoding;
    private final String stateBackend;

    Mode(Encoding encoding, String stateBackend) {
        this.encoding = encoding;
        this.stateBackend = stateBackend;
    }

    /** What its records are in. */
    Encoding encoding() {
        return encoding;
    }

    /** As Flink names it. */
    String stateBackend() {
        return stateBackend;
    }

    /** Whether it keeps a share of the traces, and not all or none. */
    boolean samples() {
        return this != PASS_THROUGH;
    }

    /** As on the command line and in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
