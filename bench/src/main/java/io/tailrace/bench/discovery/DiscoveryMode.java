package io.tailrace.bench.discovery;

import java.util.Locale;

/** What is measured against each other. */
enum DiscoveryMode {
    /** Requests are read, split by trace, shuffled and thrown away, as bench sampling has it. */
    PASS_THROUGH,
    /** Things are found in spans, and an inventory of them is kept. */
    DISCOVERY;

    /** As in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
