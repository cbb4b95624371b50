package io.tailrace.jobs.cluster;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A job as a cluster shows it.
 *
 * @param state as Flink spells it, such as {@code RUNNING}
 */
public record FlinkJob(
        String id, String name, String state, Instant begun, Optional<Instant> ended) {

    private static final Set<String> ACTIVE =
            Set.of("INITIALIZING", "CREATED", "RUNNING", "RESTARTING", "RECONCILING", "SUSPENDED");
    private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");

    static FlinkJob of(JsonNode shown) {
        long end = shown.path("end-time").asLong(-1);
        return new FlinkJob(
                shown.path("jid").asText(),
                shown.path("name").asText(),
                shown.path("state").asText(),
                Instant.ofEpochMilli(shown.path("start-time").asLong()),
                end < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(end)));
    }

    /** Whether it runs, or will. */
    public boolean isActive() {
        return ACTIVE.contains(state);
    }

    /** Whether it is over; a job that fails or is being cancelled is neither this nor active. */
    public boolean hasEnded() {
        return hasEnded(state);
    }

    static boolean hasEnded(String state) {
        return ENDED.contains(state);
    }
}
