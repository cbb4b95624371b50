package io.tailrace.operators.sampling.policy;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small traces whose attributes, times and codes are near what {@link RandomPolicies} ask for. */
public final class RandomTraces {

    private static final List<String> TRACE_STATES =
            List.of(
                    "vendor=1",
                    "vendor=2, ot=th:8",
                    "ot=th:8",
                    "ot=th:c;rv:00000000000001",
                    "ot=rv:7fffffffffffff,vendor=1",
                    "ot=rv:ffffffffffffff",
                    "ot=rv:c0000000000000;th:4",
                    "ot=rv:12",
                    "vendor=1,vendor=1");

    private final Random random;

    public RandomTraces(long seed) {
        random = new Random(seed);
    }

    public TraceId traceId() {
        return new TraceId(random.nextLong(), random.nextLong() | 1);
    }

    /** One to three resources with one or two scopes of one to three spans each, of one trace. */
    public ExportTraceServiceRequest part(TraceId traceId) {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        for (int resources = 1 + random.nextInt(3); resources > 0; resources--) {
            ResourceSpans.Builder resource =
                    ResourceSpans.newBuilder()
                            .setResource(Resource.newBuilder().addAllAttributes(attributes(4)));
            for (int scopes = 1 + random.nextInt(2); scopes > 0; scopes--) {
                ScopeSpans.Builder scope = ScopeSpans.newBuilder();
                List<KeyValue> ofScope = attributes(6);
                if (!ofScope.isEmpty()) {
                    scope.setScope(InstrumentationScope.newBuilder().addAllAttributes(ofScope));
                }
                for (int spans = 1 + random.nextInt(3); spans > 0; spans--) {
                    scope.addSpans(span(traceId));
                }
                resource.addScopeSpans(scope);
            }
            request.addResourceSpans(resource);
        }
        return request.build();
    }

    private Span span(TraceId traceId) {
        long start = 1_000_000_000_000L + random.nextInt(2_000_000);
        Span.Builder span =
                Requests.child(traceId, random.nextLong() | 1)
                        .setStartTimeUnixNano(start)
                        .setEndTimeUnixNano(start + random.nextInt(3_000_000) - 200_000)
                        .setStatus(Status.newBuilder().setCodeValue(random.nextInt(4)))
                        .addAllAttributes(attributes(2))
                        .setFlags(random.nextInt(4) == 0 ? random.nextInt(0x400) : 0x300);
        if (random.nextInt(4) == 0) {
            span.setTraceState(TRACE_STATES.get(random.nextInt(TRACE_STATES.size())));
        }
        for (int events = random.nextInt(3); events > 0; events--) {
            span.addEvents(Span.Event.newBuilder().addAllAttributes(attributes(4)));
        }
        return span.build();
    }

    /** None most of the time, more rarely one or two. */
    private List<KeyValue> attributes(int rarity) {
        List<KeyValue> attributes = new ArrayList<>();
        for (int count = 1 + random.nextInt(2); count > 0; count--) {
            if (random.nextInt(rarity) == 0) {
                attributes.add(Requests.attribute(key(), value()));
            }
        }
        return attributes;
    }

    private AnyValue.Builder value() {
        AnyValue.Builder value = AnyValue.newBuilder();
        return switch (random.nextInt(6)) {
            case 0 -> value.setDoubleValue(random.nextInt(3));
            case 1 -> value.setBoolValue(random.nextBoolean());
            case 2, 3 -> value.setIntValue(random.nextInt(8) - 3);
            default ->
                    value.setStringValue(
                            RandomPolicies.TEXTS.get(random.nextInt(RandomPolicies.TEXTS.size())));
        };
    }

    private String key() {
        return RandomPolicies.KEYS.get(random.nextInt(RandomPolicies.KEYS.size() - 1));
    }
}
