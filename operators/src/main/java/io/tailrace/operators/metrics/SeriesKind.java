package io.tailrace.operators.metrics;

/** What a series counts. Serialized by its place: new ones go at the end. */
public enum SeriesKind {
    /** Spans, by the dimensions of the spec. */
    SPANS,
    /** Calls from one service to another, by client, server and connection type. */
    EDGES,
    /** Events of spans, by the dimensions of the spec and their own. */
    EVENTS
}
