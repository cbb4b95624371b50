package io.tailrace.jobs;

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

    /** All that name an operator, or begin the names of the operators of a stream's sinks. */
    public static final List<String> ALL =
            List.of(REQUESTS, CHUNKS, SAMPLER, KEPT_SPANS, DECISIONS, DEAD_LETTERS);

    private OperatorUids() {}

    /** What makes messages for a stream's sink, by the sink's place in the spec. */
    public static String messages(String stream, int sink) {
        return stream + "-messages-" + sink;
    }

    /** What writes a stream to a sink, by the sink's place in the spec. */
    public static String sink(String stream, int sink) {
        return stream + "-sink-" + sink;
    }
}
