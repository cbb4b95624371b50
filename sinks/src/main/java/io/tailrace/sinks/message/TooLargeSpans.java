package io.tailrace.sinks.message;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Origin;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.wire.RequestWalker;

import java.util.Locale;

/** Makes dead letters of spans that fit no message of a sink, and counts them. */
final class TooLargeSpans {

    private final long mostBytes;
    private final String sink;
    private final Counter counter;
    private final RequestWalker walker = new RequestWalker();

    /**
     * @param sink what to call the sink in a dead letter
     */
    TooLargeSpans(long mostBytes, String sink, MetricGroup operator) {
        this.mostBytes = mostBytes;
        this.sink = sink;
        String reason = DeadLetter.Reason.SPAN_TOO_LARGE.name().toLowerCase(Locale.ROOT);
        counter = operator.addGroup("tailrace").addGroup("reason", reason).counter("dead_letters");
    }

    /**
     * @param otlp an export request with one span
     */
    DeadLetter deadLetter(byte[] otlp) {
        counter.inc();
        return DeadLetter.of(
                DeadLetter.Reason.SPAN_TOO_LARGE,
                "A span of trace %s is larger than the %d bytes of a message to %s"
                        .formatted(traceId(otlp), mostBytes, sink),
                Origin.NONE,
                otlp);
    }

    private String traceId(byte[] otlp) {
        StringBuilder id = new StringBuilder();
        try {
            walker.walk(
                    otlp,
                    (reason, error, bytes, from, to) -> {},
                    span -> id.append(new TraceId(span.traceIdHigh(), span.traceIdLow()).hex()));
        } catch (UnreadableException fault) {
            throw new IllegalStateException("A request that was good once", fault);
        }
        return id.toString();
    }
}
