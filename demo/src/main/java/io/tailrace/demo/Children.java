package io.tailrace.demo;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** The processes that this one has started, as a database is before it is known as one. */
final class Children implements AutoCloseable {

    private static final int MOST_TURNS = 3;
    private static final long PATIENCE_SECONDS = 2;

    /** Ends them, and those that were about to be started. */
    @Override
    public void close() {
        for (int turn = 1; turn <= MOST_TURNS; turn++) {
            List<ProcessHandle> all = ProcessHandle.current().children().toList();
            all.forEach(ProcessHandle::destroy);
            all.forEach(Children::await);
        }
    }

    private static void await(ProcessHandle child) {
        child.onExit()
                .completeOnTimeout(child, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .thenAccept(ProcessHandle::destroyForcibly)
                .join();
    }
}
