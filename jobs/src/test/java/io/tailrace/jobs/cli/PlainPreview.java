package io.tailrace.jobs.cli;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.jobs.testing.Traffic;
import io.tailrace.plain.DecisionLine;
import io.tailrace.plain.PlainRequest;
import io.tailrace.plain.PlainSampler;
import io.tailrace.plain.PlainSpan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers of a preview, counted plainly from the decisions of a plain sampler.
 *
 * @param policies of each policy: traces, spans and traces that it alone keeps
 * @param read traces and spans
 * @param kept traces and spans
 * @param bytesRead of all spans, cut out of their requests by trace
 * @param spansByService kept and other spans
 */
record PlainPreview(
        Map<String, List<Long>> policies,
        List<Long> read,
        List<Long> kept,
        long bytesRead,
        long lateSpans,
        Map<String, long[]> spansByService) {

    static PlainPreview of(Traffic traffic, PlainSampler plain) {
        Collection<DecisionLine> decisions = lastLines(plain);
        Map<String, List<Long>> policies = new HashMap<>();
        for (String policy : decisions.iterator().next().votes().keySet()) {
            List<DecisionLine> its =
                    decisions.stream()
                            .filter(each -> each.votes().get(policy).equals("sampled"))
                            .toList();
            long alone =
                    its.stream()
                            .filter(
                                    each ->
                                            each.votes().values().stream()
                                                            .filter("sampled"::equals)
                                                            .count()
                                                    == 1)
                            .count();
            policies.put(policy, List.of((long) its.size(), spans(its), alone));
        }
        List<DecisionLine> kept =
                decisions.stream().filter(each -> each.decision().equals("sampled")).toList();
        return new PlainPreview(
                policies,
                List.of((long) decisions.size(), spans(decisions)),
                List.of((long) kept.size(), spans(kept)),
                bytes(traffic),
                plain.lateSpans(),
                services(traffic, plain));
    }

    /** One for each decision, with the late spans in it. */
    private static Collection<DecisionLine> lastLines(PlainSampler plain) {
        Map<String, DecisionLine> last = new HashMap<>();
        for (DecisionLine each : plain.decisions()) {
            last.put(each.traceId() + each.firstSeen(), each);
        }
        return last.values();
    }

    private static long spans(Collection<DecisionLine> decisions) {
        return decisions.stream().mapToLong(DecisionLine::spans).sum();
    }

    private static long bytes(Traffic traffic) {
        long bytes = 0;
        for (PlainRequest request : traffic.requests()) {
            for (ExportTraceServiceRequest part : byTrace(request.otlp())) {
                bytes += part.getSerializedSize();
            }
        }
        return bytes;
    }

    private static Collection<ExportTraceServiceRequest> byTrace(
            ExportTraceServiceRequest request) {
        Map<String, List<Span>> traces = new HashMap<>();
        for (PlainSpan span : PlainSpan.of(request)) {
            traces.computeIfAbsent(span.traceId(), none -> new ArrayList<>()).add(span.span());
        }
        List<ExportTraceServiceRequest> parts = new ArrayList<>();
        traces.keySet().forEach(trace -> parts.add(only(trace, request)));
        return parts;
    }

    private static ExportTraceServiceRequest only(String trace, ExportTraceServiceRequest request) {
        ExportTraceServiceRequest.Builder part = ExportTraceServiceRequest.newBuilder();
        for (ResourceSpans resource : request.getResourceSpansList()) {
            ResourceSpans.Builder its = resource.toBuilder().clearScopeSpans();
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                List<Span> spans =
                        scope.getSpansList().stream()
                                .filter(
                                        span ->
                                                HexFormat.of()
                                                        .formatHex(span.getTraceId().toByteArray())
                                                        .equals(trace))
                                .toList();
                if (!spans.isEmpty()) {
                    its.addScopeSpans(scope.toBuilder().clearSpans().addAllSpans(spans));
                }
            }
            if (its.getScopeSpansCount() > 0) {
                part.addResourceSpans(its);
            }
        }
        return part.build();
    }

    private static Map<String, long[]> services(Traffic traffic, PlainSampler plain) {
        Map<String, long[]> services = new TreeMap<>();
        for (PlainRequest request : traffic.requests()) {
            for (PlainSpan span : PlainSpan.of(request.otlp())) {
                services.computeIfAbsent(service(span), none -> new long[2])[1]++;
            }
        }
        for (PlainSpan span : plain.kept()) {
            services.get(service(span))[0]++;
            services.get(service(span))[1]--;
        }
        return services;
    }

    private static String service(PlainSpan span) {
        return span.resource().getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(KeyValue::getValue)
                .map(value -> value.getStringValue())
                .findFirst()
                .orElse("(no service.name)");
    }
}
