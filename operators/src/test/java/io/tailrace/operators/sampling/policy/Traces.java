package io.tailrace.operators.sampling.policy;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.sampling.Chunks;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.decision.Decision;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;

/** Traces by hand, with what is asked for in one place of them. */
final class Traces {

    static final TraceId ID = new TraceId(1, 1);

    /** Where an attribute may be. */
    enum Place {
        SPAN,
        RESOURCE,
        SCOPE,
        EVENT
    }

    private Traces() {}

    static Span.Builder span(long id) {
        return Requests.span(ID, id);
    }

    static ExportTraceServiceRequest spans(int count) {
        Span[] spans = new Span[count];
        for (int i = 0; i < count; i++) {
            spans[i] = span(i + 1L).build();
        }
        return Requests.of(spans);
    }

    /** Two spans, of which one place of the second has the attribute. */
    static ExportTraceServiceRequest with(Place place, KeyValue attribute) {
        Resource.Builder resource = Resource.newBuilder();
        InstrumentationScope.Builder scope = InstrumentationScope.newBuilder();
        Span.Builder span = span(2).addEvents(Span.Event.newBuilder().setName("first"));
        switch (place) {
            case SPAN -> span.addAttributes(attribute);
            case RESOURCE -> resource.addAttributes(attribute);
            case SCOPE -> scope.addAttributes(attribute);
            case EVENT -> span.addEvents(Span.Event.newBuilder().addAttributes(attribute));
        }
        return spans(1).toBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder()
                                .setResource(resource)
                                .addScopeSpans(
                                        ScopeSpans.newBuilder().setScope(scope).addSpans(span)))
                .build();
    }

    /** What becomes of a whole trace, with budgets that nobody has spent of. */
    static Decision decide(SamplingSettings settings, ExportTraceServiceRequest trace) {
        return new Asked(settings).at(0, ID, new Chunks(settings).of(trace, 0).get(0).evidence());
    }
}
