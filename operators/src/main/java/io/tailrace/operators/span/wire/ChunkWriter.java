package io.tailrace.operators.span.wire;

import java.util.Arrays;

/**
 * Writes a part of a request: some of its spans, each under its resource and scope, as encoded
 * {@code ResourceSpans} fields. The bytes of spans, resources and scopes are copied as they are,
 * with the fields that nobody here knows.
 *
 * <p>It writes from the last byte to the first, so that each length is known when its turn comes. A
 * part is never longer than the request, for its lengths are no greater.
 */
final class ChunkWriter {

    private static final int RESOURCE_SPANS_TAG = 1 << 3 | WireReader.LENGTH;
    private static final int SCOPE_SPANS_TAG = RequestFrame.NESTED << 3 | WireReader.LENGTH;
    private static final int NONE = -1;

    private byte[] scratch = new byte[1024];
    private byte[] request;
    private RequestFrame frame;
    private int begin;
    private int resource;
    private int scope;
    private int resourceEnd;
    private int scopeEnd;

    void start(byte[] request, RequestFrame frame) {
        this.request = request;
        this.frame = frame;
        if (scratch.length < request.length) {
            scratch = new byte[Math.max(request.length, 2 * scratch.length)];
        }
        begin = scratch.length;
        resource = NONE;
        scope = NONE;
    }

    /** Puts a span before those so far; they must come from the last to the first. */
    void prepend(int resourceIndex, int scopeIndex, int spanIndex) {
        if (scopeIndex != scope) {
            closeScope();
            if (resourceIndex != resource) {
                closeResource();
                resource = resourceIndex;
                resourceEnd = begin;
            }
            scope = scopeIndex;
            scopeEnd = begin;
        }
        copy(frame.spans, spanIndex);
    }

    /** The part, in an array of its own. */
    byte[] finish() {
        closeScope();
        closeResource();
        return Arrays.copyOfRange(scratch, begin, scratch.length);
    }

    private void closeScope() {
        if (scope != NONE) {
            copyAll(
                    frame.scopeHeaders,
                    frame.firstScopeHeader(scope),
                    frame.firstScopeHeader(scope + 1));
            prependTag(SCOPE_SPANS_TAG, scopeEnd - begin);
        }
    }

    private void closeResource() {
        if (resource != NONE) {
            copyAll(
                    frame.resourceHeaders,
                    frame.firstResourceHeader(resource),
                    frame.firstResourceHeader(resource + 1));
            prependTag(RESOURCE_SPANS_TAG, resourceEnd - begin);
        }
    }

    private void copyAll(Fields fields, int first, int end) {
        for (int i = end - 1; i >= first; i--) {
            copy(fields, i);
        }
    }

    private void copy(Fields fields, int i) {
        int length = fields.to(i) - fields.start(i);
        begin -= length;
        System.arraycopy(request, fields.start(i), scratch, begin, length);
    }

    private void prependTag(int tag, int length) {
        int bytes = 1;
        while (length >>> 7 * bytes != 0 && bytes < 5) {
            bytes++;
        }
        for (int i = bytes - 1; i >= 0; i--) {
            int more = i < bytes - 1 ? 0x80 : 0;
            scratch[--begin] = (byte) (length >>> 7 * i & 0x7f | more);
        }
        scratch[--begin] = (byte) tag;
    }
}
