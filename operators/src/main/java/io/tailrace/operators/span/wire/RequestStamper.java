package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.UnreadableException;

/**
 * Writes a stamp onto all spans of a request: onto the scope of each scope spans, and into each
 * span's trace state. All else is copied as it is, with the fields that nobody here knows; fields
 * of the request beside its {@code ResourceSpans} are left behind.
 *
 * <p>Each instance is used by one thread.
 */
public final class RequestStamper {

    private final RequestFrame frame = new RequestFrame();
    private final BackwardWriter out = new BackwardWriter();
    private final ScopeStamper scopes = new ScopeStamper();
    private final SpanStamper spans = new SpanStamper();

    /**
     * @param request one that was read before
     * @return the stamped request; the same array where the stamp says nothing
     * @throws IllegalStateException where it cannot be read
     */
    public byte[] stamp(byte[] request, Stamp stamp) {
        if (!stamp.namesPolicy && !stamp.changesTraceStates()) {
            return request;
        }
        frame.readAgain(request);
        out.clear();
        spans.start(stamp.traceState);
        try {
            for (int r = frame.resourceCount() - 1; r >= 0; r--) {
                prependResourceSpans(request, r, stamp);
            }
        } catch (UnreadableException fault) {
            throw new IllegalStateException("A request that was good once", fault);
        }
        return out.toBytes();
    }

    private void prependResourceSpans(byte[] request, int resource, Stamp stamp)
            throws UnreadableException {
        int before = out.length();
        for (int s = frame.firstScope(resource + 1) - 1; s >= frame.firstScope(resource); s--) {
            prependScopeSpans(request, s, stamp);
        }
        prependAll(
                request,
                frame.resourceHeaders,
                frame.firstResourceHeader(resource),
                frame.firstResourceHeader(resource + 1));
        out.close(RequestFrame.RESOURCE_SPANS, before);
    }

    private void prependScopeSpans(byte[] request, int scope, Stamp stamp)
            throws UnreadableException {
        int before = out.length();
        int first = frame.firstSpan(scope);
        int end = frame.firstSpan(scope + 1);
        if (stamp.changesTraceStates()) {
            for (int i = end - 1; i >= first; i--) {
                spans.prepend(
                        request, frame.spans.start(i), frame.spans.from(i), frame.spans.to(i), out);
            }
        } else {
            prependAll(request, frame.spans, first, end);
        }
        if (stamp.namesPolicy) {
            scopes.prependHeaders(request, frame, scope, stamp, out);
        } else {
            prependAll(
                    request,
                    frame.scopeHeaders,
                    frame.firstScopeHeader(scope),
                    frame.firstScopeHeader(scope + 1));
        }
        out.close(RequestFrame.NESTED, before);
    }

    private void prependAll(byte[] request, Fields fields, int first, int end) {
        for (int i = end - 1; i >= first; i--) {
            out.prepend(request, fields, i);
        }
    }
}
