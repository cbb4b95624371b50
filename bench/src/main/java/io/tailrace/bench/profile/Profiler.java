package io.tailrace.bench.profile;

import one.profiler.AsyncProfiler;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Samples this process with async-profiler, which Flink brings: by CPU time, all threads, native
 * frames included. What was sampled is read in its "collapsed" form.
 */
public final class Profiler {

    private static final String START =
            "start,event=itimer,interval=1ms,threads,cstack=fp,jstackdepth=512";

    private final AsyncProfiler profiler;

    /**
     * @throws IOException where it does not work on this machine, which the message says in words
     */
    public Profiler() throws IOException {
        try {
            profiler = AsyncProfiler.getInstance();
            profiler.getVersion();
        } catch (IllegalStateException | UnsatisfiedLinkError unfit) {
            throw new IOException(
                    "async-profiler does not work here: " + unfit.getMessage(), unfit);
        }
    }

    /** Begins anew. */
    public void start() {
        try {
            profiler.execute(START);
        } catch (IOException refused) {
            throw new IllegalStateException("async-profiler refuses to start", refused);
        }
    }

    /** Ends, and tells what was sampled since the start. */
    public Profile stop() throws IOException {
        Path file = Files.createTempFile("tailrace-profile", ".collapsed");
        try {
            profiler.execute("stop,collapsed,file=" + file);
            return Profile.of(Files.readAllLines(file, StandardCharsets.UTF_8));
        } finally {
            Files.delete(file);
        }
    }
}
