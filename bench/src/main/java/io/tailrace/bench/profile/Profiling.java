package io.tailrace.bench.profile;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The option that has measured parts profiled, and what came of it. */
public final class Profiling {

    @Option(
            names = "--profile",
            description =
                    "Samples where CPU time goes in the measured parts. That costs a little speed"
                            + " itself.")
    private boolean wanted;

    private final Map<String, Profile> profiles = new LinkedHashMap<>();
    private Profiler profiler;

    /**
     * Makes sure that it can be done, before anything is measured.
     *
     * @throws IOException where it does not work on this machine
     */
    public void check() throws IOException {
        if (wanted) {
            profiler = new Profiler();
        }
    }

    /** A measured part begins. */
    public void begin() {
        if (profiler != null) {
            profiler.start();
        }
    }

    /**
     * It ends.
     *
     * @param name of what was measured; of several rounds the last is kept
     */
    public void end(String name) throws IOException {
        if (profiler != null) {
            profiles.put(name, profiler.stop());
        }
    }

    /** By the names of what was measured; none where none are wanted. */
    public Map<String, Profile> profiles() {
        return profiles;
    }
}
