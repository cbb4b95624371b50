package io.tailrace.bench.workload;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a pool sends, read with OpenTelemetry's own objects. */
public final class PlainSpans {

    private PlainSpans() {}

    /** The spans of a request, in its order. */
    public static List<Span> of(byte[] request) {
        List<Span> spans = new ArrayList<>();
        try {
            for (ResourceSpans resource :
                    ExportTraceServiceRequest.parseFrom(request).getResourceSpansList()) {
                for (ScopeSpans scope : resource.getScopeSpansList()) {
                    spans.addAll(scope.getSpansList());
                }
            }
        } catch (InvalidProtocolBufferException damaged) {
            throw new AssertionError("No request", damaged);
        }
        return spans;
    }

    /** All spans that a lane sends in its first passes, by trace. */
    public static Map<ByteString, List<Span>> byTrace(RequestPool pool, int lane, int passes) {
        Map<ByteString, List<Span>> traces = new LinkedHashMap<>();
        for (long number = 0; number < (long) passes * pool.requestsInPass(lane); number++) {
            for (Span span : of(pool.request(lane, number))) {
                traces.computeIfAbsent(span.getTraceId(), none -> new ArrayList<>()).add(span);
            }
        }
        return traces;
    }

    /** Whether the policies keep a trace for what its spans are. */
    public static boolean isWorthKeeping(List<Span> trace) {
        long start = trace.stream().mapToLong(Span::getStartTimeUnixNano).min().orElseThrow();
        long end = trace.stream().mapToLong(Span::getEndTimeUnixNano).max().orElseThrow();
        return (end - start) / 1_000_000 > 1000
                || trace.stream().anyMatch(PlainSpans::isErrorOrOfAChosenCustomer);
    }

    private static boolean isErrorOrOfAChosenCustomer(Span span) {
        return span.getStatus().getCodeValue() == 2
                || span.getAttributesList().stream()
                        .anyMatch(
                                attribute ->
                                        attribute.getKey().equals("app.customer.tier")
                                                && attribute
                                                        .getValue()
                                                        .getStringValue()
                                                        .equals("enterprise"));
    }
}
