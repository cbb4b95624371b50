package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.DeadLetter.Reason;
import io.tailrace.operators.input.Rejects;
import io.tailrace.operators.input.UnreadableException;

/**
 * Goes over the spans of an export request that can be used, and hands on those that cannot. Each
 * instance is used by one thread.
 */
public final class RequestWalker {

    final RequestFrame frame = new RequestFrame();

    private final ResourceView resource = new ResourceView();
    private final ScopeView scope = new ScopeView();
    private final SpanView span = new SpanView();

    /**
     * Sees each usable span, with its place in the request's frame. The views move: nothing of them
     * may be kept beyond the call, but the resource and scope hold for the spans that follow them.
     */
    public interface Visitor {
        void resource(ResourceView resource);

        void scope(ScopeView scope);

        void span(SpanView span, int resourceIndex, int scopeIndex, int spanIndex);
    }

    /**
     * Sees each usable span, and what it is of where it asks for that. The views move: nothing of
     * them may be kept beyond the call, but the resource and scope hold for the spans that follow
     * them.
     */
    @FunctionalInterface
    public interface Spans {
        default void resource(ResourceView resource) {}

        default void scope(ScopeView scope) {}

        void span(SpanView span);
    }

    /**
     * Shows all usable spans of a request, each after its resource and its scope.
     *
     * @throws UnreadableException where nothing of the request can be read; nothing was shown then
     */
    public void walk(byte[] request, Rejects rejects, Spans spans) throws UnreadableException {
        walk(
                request,
                rejects,
                new Visitor() {
                    @Override
                    public void resource(ResourceView next) {
                        spans.resource(next);
                    }

                    @Override
                    public void scope(ScopeView next) {
                        spans.scope(next);
                    }

                    @Override
                    public void span(SpanView next, int resource, int scope, int index) {
                        spans.span(next);
                    }
                });
    }

    /**
     * Shows all usable spans of a request, each after its resource and its scope.
     *
     * @throws UnreadableException where nothing of the request can be read; nothing was shown then
     */
    public void walk(byte[] request, Rejects rejects, Visitor visitor) throws UnreadableException {
        frame.read(request, rejects);
        for (int r = 0; r < frame.resourceCount(); r++) {
            readResource(request, r);
            visitor.resource(resource);
            for (int s = frame.firstScope(r); s < frame.firstScope(r + 1); s++) {
                readScope(request, s);
                visitor.scope(scope);
                for (int i = frame.firstSpan(s); i < frame.firstSpan(s + 1); i++) {
                    if (readSpan(request, frame.spans.from(i), frame.spans.to(i), rejects)) {
                        visitor.span(span, r, s, i);
                    }
                }
            }
        }
    }

    private void readResource(byte[] request, int index) throws UnreadableException {
        resource.clear(request);
        Fields headers = frame.resourceHeaders;
        for (int h = frame.firstResourceHeader(index);
                h < frame.firstResourceHeader(index + 1);
                h++) {
            if (RequestFrame.isResource(request, headers.start(h))) {
                resource.add(headers.from(h), headers.to(h));
            }
        }
    }

    private void readScope(byte[] request, int index) throws UnreadableException {
        scope.clear(request);
        Fields headers = frame.scopeHeaders;
        for (int h = frame.firstScopeHeader(index); h < frame.firstScopeHeader(index + 1); h++) {
            if (RequestFrame.isScope(request, headers.start(h))) {
                scope.add(headers.from(h), headers.to(h));
            }
        }
    }

    private boolean readSpan(byte[] request, int from, int to, Rejects rejects) {
        try {
            span.read(request, from, to);
            checkIds();
            return true;
        } catch (UnreadableException fault) {
            rejects.reject(fault.reason(), fault.getMessage(), request, from, to);
            return false;
        }
    }

    private void checkIds() throws UnreadableException {
        if (!span.hasTraceId()) {
            throw new UnreadableException(
                    Reason.INVALID_TRACE_ID,
                    "A trace id has 16 bytes, this one has " + span.traceIdLength());
        }
        if (span.traceIdHigh() == 0 && span.traceIdLow() == 0) {
            throw new UnreadableException(Reason.ZERO_TRACE_ID, "The trace id is all zeros");
        }
        if (!span.hasSpanId()) {
            throw new UnreadableException(
                    Reason.INVALID_SPAN_ID,
                    "A span id has 8 bytes, this one has " + span.spanIdLength());
        }
        if (span.spanId() == 0) {
            throw new UnreadableException(Reason.ZERO_SPAN_ID, "The span id is all zeros");
        }
        if (span.parentSpanIdLength() != 0 && span.parentSpanIdLength() != 8) {
            throw new UnreadableException(
                    Reason.INVALID_PARENT_SPAN_ID,
                    "A parent's id has 8 bytes or none, this one has " + span.parentSpanIdLength());
        }
        if (!span.linksHaveProperIds()) {
            throw new UnreadableException(
                    Reason.INVALID_LINK_ID, "A link's trace id has 16 bytes, its span id 8");
        }
    }
}
