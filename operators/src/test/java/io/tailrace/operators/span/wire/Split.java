package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.TraceId;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** All that a splitter said of one request. */
record Split(List<Chunk> chunks, List<Reject> rejects) {

    record Chunk(int trace, TraceId traceId, int spans, byte[] otlp) {
        List<PlacedSpan> placed() {
            return PlacedSpan.of(otlp);
        }
    }

    record Reject(DeadLetter.Reason reason, String error, int from, int to) {}

    static final SpanVisitor NOBODY =
            new SpanVisitor() {
                @Override
                public void resource(ResourceView resource) {}

                @Override
                public void scope(ScopeView scope) {}

                @Override
                public void span(int trace, SpanView span) {}
            };

    static Split of(RequestSplitter splitter, byte[] request) throws UnreadableException {
        return of(splitter, request, NOBODY);
    }

    static Split of(RequestSplitter splitter, byte[] request, SpanVisitor visitor)
            throws UnreadableException {
        Split split = new Split(new ArrayList<>(), new ArrayList<>());
        splitter.split(
                request,
                (reason, error, bytes, from, to) ->
                        split.rejects.add(new Reject(reason, error, from, to)),
                visitor,
                (trace, high, low, spans, otlp) ->
                        split.chunks.add(new Chunk(trace, new TraceId(high, low), spans, otlp)));
        return split;
    }

    byte[] joined() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        chunks.forEach(chunk -> all.writeBytes(chunk.otlp()));
        return all.toByteArray();
    }
}
