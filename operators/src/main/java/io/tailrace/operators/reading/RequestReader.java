package io.tailrace.operators.reading;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.OutputTag;

import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.DeadLetters;
import io.tailrace.operators.input.Rejects;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.span.RequestDecoder;
import io.tailrace.operators.span.wire.RequestWalker;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;

import java.util.List;
import java.util.function.Consumer;

/**
 * Reads requests, each once for all that want to see its spans, and counts what is read. What
 * cannot be used becomes a dead letter; what stands beside it goes on. For one thread.
 */
public final class RequestReader {

    /** Where operators that read requests send what could not be read. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", DeadLetter.TYPE);

    private final RequestDecoder decoder = new RequestDecoder();
    private final DeadLetters deadLetters;
    private final Counter requestsIn;
    private final Counter bytesIn;
    private final Counter spansIn;
    private final Counter spansEndingBeforeStart;
    private final RequestWalker.Spans[] watching;
    private final RequestWalker.Spans spans = new Seen();

    /** A way over the spans of a request. */
    @FunctionalInterface
    public interface Walk {
        /**
         * Shows each span that can be used.
         *
         * @throws UnreadableException where nothing of the request can be read
         */
        void walk(byte[] otlp, Rejects rejects, RequestWalker.Spans spans)
                throws UnreadableException;
    }

    /**
     * @param group of the operator's own metrics
     * @param watching see all spans that can be used, each in turn
     */
    public RequestReader(MetricGroup group, List<RequestWalker.Spans> watching) {
        deadLetters = new DeadLetters(group);
        requestsIn = group.counter("requests_in");
        bytesIn = group.counter("bytes_in");
        spansIn = group.counter("spans_in");
        spansEndingBeforeStart = group.counter("spans_ending_before_start");
        this.watching = watching.toArray(RequestWalker.Spans[]::new);
    }

    /**
     * @param out gets what could not be read
     */
    public void read(SpanRequest request, Walk walk, Consumer<DeadLetter> out) {
        requestsIn.inc();
        bytesIn.inc(request.payload().length);
        DeadLetters.OfRecord letters = deadLetters.of(request, out);
        try {
            walk.walk(
                    decoder.decode(request.encoding(), request.payload(), letters), letters, spans);
        } catch (UnreadableException fault) {
            letters.rejectAll(fault);
        }
    }

    /** Counts the spans and shows them on. */
    private final class Seen implements RequestWalker.Spans {
        @Override
        public void resource(ResourceView resource) {
            for (RequestWalker.Spans each : watching) {
                each.resource(resource);
            }
        }

        @Override
        public void scope(ScopeView scope) {
            for (RequestWalker.Spans each : watching) {
                each.scope(scope);
            }
        }

        @Override
        public void span(SpanView span) {
            spansIn.inc();
            if (Long.compareUnsigned(span.endUnixNano(), span.startUnixNano()) < 0) {
                spansEndingBeforeStart.inc();
            }
            for (RequestWalker.Spans each : watching) {
                each.span(span);
            }
        }
    }
}
