package io.tailrace.operators.span.wire;

/**
 * Sees the spans of a request in their order. The views move: nothing of them may be kept beyond
 * the call, but the resource and scope hold for the spans that follow them.
 */
public interface SpanVisitor {

    /** The resource of the spans that follow. */
    void resource(ResourceView resource);

    /** The scope of the spans that follow. */
    void scope(ScopeView scope);

    /**
     * @param trace the trace's number within the request, from 0 in the order of their first spans
     */
    void span(int trace, SpanView span);
}
