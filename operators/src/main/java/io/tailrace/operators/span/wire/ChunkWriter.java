package io.tailrace.operators.span.wire;

import java.util.function.IntPredicate;

/**
 * Writes a part of a request: some of its spans, each under its resource and scope, as encoded
 * {@code ResourceSpans} fields. The bytes of spans, resources and scopes are copied as they are,
 * with the fields that nobody here knows.
 */
final class ChunkWriter {

    private static final int NONE = -1;

    private final ExactWriter out = new ExactWriter();
    private byte[] request;
    private RequestFrame frame;
    private int resource;
    private int scope;
    private int beforeResource;
    private int beforeScope;

    /** Names the spans of a part, by {@link #prepend} from the last to the first. */
    @FunctionalInterface
    interface Part {
        void prependTo(ChunkWriter writer);
    }

    /** The part with those spans whose index is chosen. */
    byte[] write(byte[] bytes, RequestFrame place, IntPredicate chosen) {
        return writePart(bytes, place, writer -> writer.prependAll(chosen));
    }

    private void prependAll(IntPredicate chosen) {
        int r = frame.resourceCount() - 1;
        int s = r < 0 ? NONE : frame.firstScope(r + 1) - 1;
        for (int span = frame.spans.size() - 1; span >= 0; span--) {
            while (frame.firstSpan(s) > span) {
                s--;
            }
            while (frame.firstScope(r) > s) {
                r--;
            }
            if (chosen.test(span)) {
                prepend(r, s, span);
            }
        }
    }

    /**
     * @param part asked twice, and must name the same spans
     * @return in an array of its own
     */
    byte[] writePart(byte[] bytes, RequestFrame place, Part part) {
        request = bytes;
        frame = place;
        out.count();
        prepend(part);
        out.write();
        prepend(part);
        return out.bytes();
    }

    private void prepend(Part part) {
        resource = NONE;
        scope = NONE;
        part.prependTo(this);
        closeScope();
        closeResource();
    }

    /** Puts a span before those so far; they must come from the last to the first. */
    void prepend(int resourceIndex, int scopeIndex, int spanIndex) {
        if (scopeIndex != scope) {
            closeScope();
            if (resourceIndex != resource) {
                closeResource();
                resource = resourceIndex;
                beforeResource = out.length();
            }
            scope = scopeIndex;
            beforeScope = out.length();
        }
        out.prepend(request, frame.spans, spanIndex);
    }

    private void closeScope() {
        if (scope != NONE) {
            copyAll(
                    frame.scopeHeaders,
                    frame.firstScopeHeader(scope),
                    frame.firstScopeHeader(scope + 1));
            out.close(RequestFrame.NESTED, beforeScope);
        }
    }

    private void closeResource() {
        if (resource != NONE) {
            copyAll(
                    frame.resourceHeaders,
                    frame.firstResourceHeader(resource),
                    frame.firstResourceHeader(resource + 1));
            out.close(RequestFrame.RESOURCE_SPANS, beforeResource);
        }
    }

    private void copyAll(Fields fields, int first, int end) {
        for (int i = end - 1; i >= first; i--) {
            out.prepend(request, fields, i);
        }
    }
}
