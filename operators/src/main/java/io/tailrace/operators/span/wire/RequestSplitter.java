package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.Rejects;
import io.tailrace.operators.input.UnreadableException;

import java.util.Arrays;

/**
 * Splits an export request by trace: of each trace it cuts out what the request brought, as encoded
 * {@code ResourceSpans} fields that any reader of OTLP takes for a request. Concatenating what
 * several requests brought gives the whole trace, for protobuf merges concatenated messages.
 *
 * <p>Fields of the request beside its {@code ResourceSpans} belong to no trace and are left behind.
 * Each instance is used by one thread.
 */
public final class RequestSplitter {

    private final RequestWalker walker = new RequestWalker();
    private final TraceTable traces = new TraceTable();
    private final ChunkWriter writer = new ChunkWriter();
    private final TracePart part = new TracePart();

    /** The usable spans: where each is, and the one before it of the same trace. */
    private int[] spanIndexes = new int[64];

    private int[] resourceIndexes = new int[64];
    private int[] scopeIndexes = new int[64];
    private int[] previous = new int[64];
    private long[] spanIds = new long[64];
    private int count;

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
        for (int trace = 0; trace < traces.size(); trace++) {
            chunks.chunk(
                    trace,
                    traces.high(trace),
                    traces.low(trace),
                    traces.spans(trace),
                    writer.writePart(request, walker.frame, part.of(traces.lastSpan(trace))));
        }
    }

    /**
     * The ids of a trace's spans in the order of its chunk, of the request split last.
     *
     * @param trace the trace's number within the request
     */
    public long[] spanIds(int trace) {
        long[] ids = new long[traces.spans(trace)];
        int at = ids.length;
        for (int i = traces.lastSpan(trace); i >= 0; i = previous[i]) {
            ids[--at] = spanIds[i];
        }
        return ids;
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
                spanIds = Arrays.copyOf(spanIds, 2 * count);
            }
            int trace = traces.number(span.traceIdHigh(), span.traceIdLow());
            spanIndexes[count] = index;
            resourceIndexes[count] = resource;
            scopeIndexes[count] = scope;
            spanIds[count] = span.spanId();
            previous[count] = traces.addSpan(trace, count);
            count++;
            visitor.span(trace, span);
        }
    }

    /** The spans of one trace after the other. */
    private final class TracePart implements ChunkWriter.Part {
        private int last;

        TracePart of(int lastSpan) {
            last = lastSpan;
            return this;
        }

        @Override
        public void prependTo(ChunkWriter chunk) {
            for (int i = last; i >= 0; i = previous[i]) {
                chunk.prepend(resourceIndexes[i], scopeIndexes[i], spanIndexes[i]);
            }
        }
    }
}
