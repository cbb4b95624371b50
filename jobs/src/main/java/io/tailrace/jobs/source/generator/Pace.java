package io.tailrace.jobs.source.generator;

import java.util.concurrent.CompletableFuture;

/** What says when a request may go out. */
interface Pace extends AutoCloseable {

    /** Whether the moment, in milliseconds since the epoch, has come. */
    boolean reached(long millis);

    /** Completes once the moment has come. */
    CompletableFuture<Void> until(long millis);

    @Override
    void close();

    /** As fast as it goes. */
    static Pace none() {
        return new Pace() {
            @Override
            public boolean reached(long millis) {
                return true;
            }

            @Override
            public CompletableFuture<Void> until(long millis) {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void close() {}
        };
    }
}
