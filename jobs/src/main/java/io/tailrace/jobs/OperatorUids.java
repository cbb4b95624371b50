package io.tailrace.jobs;

import io.tailrace.operators.metrics.sample.Temporality;

import java.util.List;

/**
 * The uid of every operator: the names under which savepoints keep state. One that was released
 * must never change or be used for anything else.
 */
public final class OperatorUids {

    public static final String REQUESTS = "requests";
    public static final String CHUNKS = "chunks";
    public static final String SAMPLER = "sampler";
    public static final String KEPT_SPANS = "kept-spans";
    public static final String DECISIONS = "decisions";
    public static final String DEAD_LETTERS = "dead-letters";
    public static final String COUNTS = "counts";
    public static final String PAIRING = "pairing";
    public static final String CALLS = "calls";
    public static final String LIMITER = "limiter";
    public static final String WINDOWS = "windows";
    public static final String SAMPLES = "samples";
    public static final String METRICS = "metrics";
    public static final String EDGES = "edges";
    public static final String READING = "reading";
    public static final String SIGHTINGS = "sightings";
    public static final String RELATIONS = "relations";
    public static final String JOINED_SIGHTINGS = "joined-sightings";
    public static final String INVENTORY = "inventory";
    public static final String HEARTBEATS = "heartbeats";
    public static final String LOST_HOSTS = "lost-hosts";
    public static final String NO_HEARTBEATS = "no-heartbeats";
    public static final String HOST_LOOKUPS = "host-lookups";

    /** All that name an operator, or begin the names of the operators of a stream's sinks. */
    public static final List<String> ALL =
            List.of(
                    REQUESTS,
                    CHUNKS,
                    SAMPLER,
                    KEPT_SPANS,
                    DECISIONS,
                    DEAD_LETTERS,
                    COUNTS,
                    PAIRING,
                    CALLS,
                    LIMITER,
                    WINDOWS,
                    SAMPLES,
                    METRICS,
                    EDGES,
                    READING,
                    SIGHTINGS,
                    RELATIONS,
                    JOINED_SIGHTINGS,
                    INVENTORY,
                    HEARTBEATS,
                    LOST_HOSTS,
                    NO_HEARTBEATS,
                    HOST_LOOKUPS);

    private OperatorUids() {}

    /** What makes samples of rows. */
    public static String samples(Temporality temporality) {
        return switch (temporality) {
            case CUMULATIVE -> SAMPLES + "-cumulative";
            case DELTA -> SAMPLES + "-delta";
        };
    }

    /** What makes messages for a stream's sink, by the sink's place in the spec. */
    public static String messages(String stream, int sink) {
        return stream + "-messages-" + sink;
    }

    /** What writes a stream to a sink, by the sink's place in the spec. */
    public static String sink(String stream, int sink) {
        return stream + "-sink-" + sink;
    }
}
