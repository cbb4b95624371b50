package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.Rejects;
import io.tailrace.operators.input.UnreadableException;

import java.util.Arrays;

/**
 * Splits an export request by trace: of each trace it cuts out what the request brought, as encoded
 * {@code ResourceSpans} fields that any reader of OTLP takes for a request. Concatenating what
 * several requests brought gives the whole trace, for protobuf merges concatenated messages.
 *
 * <p>The bytes of spans, resources and scopes are copied as they are, with the fields that nobody
 * here knows. Fields of the request itself belong to no trace and are left behind. Each instance is
 * used by one thread.
 */
public final class RequestSplitter {

    private static final int RESOURCE_SPANS_TAG = 1 << 3 | WireReader.LENGTH;
    private static final int SCOPE_SPANS_TAG = RequestFrame.NESTED << 3 | WireReader.LENGTH;

    private final RequestWalker walker = new RequestWalker();
    private final TraceTable traces = new TraceTable();

    /** The usable spans: where each is, and the one before it of the same trace. */
    private int[] spanIndexes = new int[64];

    private int[] resourceIndexes = new int[64];
    private int[] scopeIndexes = new int[64];
    private int[] previous = new int[64];
    private int count;

    private byte[] scratch = new byte[1024];
    private int written;

    /** Takes what the request brought of one trace. */
    @FunctionalInterface
    public interface Chunks {
        /**
         * @param trace the trace's number within the request, as the visitor saw it
         * @param spans 1 or more
         */
        void chunk(int trace, long traceIdHigh, long traceIdLow, int spans, byte[] otlp);
    }

    /**
     * @param visitor sees all usable spans before the first chunk is made
     * @param chunks gets one chunk a trace, in the order of their first spans
     * @throws UnreadableException where nothing of the request can be read; nothing was shown then
     */
    public void split(byte[] request, Rejects rejects, SpanVisitor visitor, Chunks chunks)
            throws UnreadableException {
        traces.clear();
        count = 0;
        walker.walk(request, rejects, new Collector(visitor));
        if (scratch.length < request.length) {
            scratch = new byte[Math.max(request.length, 2 * scratch.length)];
        }
        for (int trace = 0; trace < traces.size(); trace++) {
            chunks.chunk(
                    trace,
                    traces.high(trace),
                    traces.low(trace),
                    traces.spans(trace),
                    chunkOf(trace, request));
        }
    }

    private final class Collector implements RequestWalker.Visitor {
        private final SpanVisitor visitor;

        Collector(SpanVisitor visitor) {
            this.visitor = visitor;
        }

        @Override
        public void resource(ResourceView resource) {
            visitor.resource(resource);
        }

        @Override
        public void scope(ScopeView scope) {
            visitor.scope(scope);
        }

        @Override
        public void span(SpanView span, int resource, int scope, int index) {
            if (count == spanIndexes.length) {
                spanIndexes = Arrays.copyOf(spanIndexes, 2 * count);
                resourceIndexes = Arrays.copyOf(resourceIndexes, 2 * count);
                scopeIndexes = Arrays.copyOf(scopeIndexes, 2 * count);
                previous = Arrays.copyOf(previous, 2 * count);
            }
            int trace = traces.number(span.traceIdHigh(), span.traceIdLow());
            spanIndexes[count] = index;
            resourceIndexes[count] = resource;
            scopeIndexes[count] = scope;
            previous[count] = traces.addSpan(trace, count);
            count++;
            visitor.span(trace, span);
        }
    }

    /**
     * Writes from the last byte to the first, so that each length is known when its turn comes. A
     * chunk is never longer than the request: it is a part of it, with lengths no greater.
     */
    private byte[] chunkOf(int trace, byte[] request) {
        RequestFrame frame = walker.frame;
        written = scratch.length;
        int span = traces.lastSpan(trace);
        while (span >= 0) {
            int resource = resourceIndexes[span];
            int resourceEnd = written;
            while (span >= 0 && resourceIndexes[span] == resource) {
                int scope = scopeIndexes[span];
                int scopeEnd = written;
                while (span >= 0 && scopeIndexes[span] == scope) {
                    prepend(request, frame.spans, spanIndexes[span]);
                    span = previous[span];
                }
                prependAll(
                        request,
                        frame.scopeHeaders,
                        frame.firstScopeHeader(scope),
                        frame.firstScopeHeader(scope + 1));
                prependLength(scopeEnd - written);
                scratch[--written] = (byte) SCOPE_SPANS_TAG;
            }
            prependAll(
                    request,
                    frame.resourceHeaders,
                    frame.firstResourceHeader(resource),
                    frame.firstResourceHeader(resource + 1));
            prependLength(resourceEnd - written);
            scratch[--written] = (byte) RESOURCE_SPANS_TAG;
        }
        return Arrays.copyOfRange(scratch, written, scratch.length);
    }

    private void prependAll(byte[] request, Fields fields, int first, int end) {
        for (int i = end - 1; i >= first; i--) {
            prepend(request, fields, i);
        }
    }

    private void prepend(byte[] request, Fields fields, int i) {
        int length = fields.to(i) - fields.start(i);
        written -= length;
        System.arraycopy(request, fields.start(i), scratch, written, length);
    }

    private void prependLength(int length) {
        int bytes =
                length < 1 << 7
                        ? 1
                        : length < 1 << 14 ? 2 : length < 1 << 21 ? 3 : length < 1 << 28 ? 4 : 5;
        written -= bytes;
        int rest = length;
        for (int i = 0; i < bytes - 1; i++) {
            scratch[written + i] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        scratch[written + bytes - 1] = (byte) rest;
    }
}
