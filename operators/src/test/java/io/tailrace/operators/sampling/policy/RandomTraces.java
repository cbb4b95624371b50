package io.tailrace.operators.sampling.policy;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;

import java.util.Random;

/** Small traces whose attributes, times and codes are near what {@link RandomPolicies} ask for. */
public final class RandomTraces {

    private final Random random;

    public RandomTraces(long seed) {
        random = new Random(seed);
    }

    public TraceId traceId() {
        return new TraceId(random.nextLong(), random.nextLong() | 1);
    }

    /** One to three resources with one to four spans each, all of one trace. */
    public ExportTraceServiceRequest part(TraceId traceId) {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        for (int resources = 1 + random.nextInt(3); resources > 0; resources--) {
            Span[] spans = new Span[1 + random.nextInt(4)];
            for (int i = 0; i < spans.length; i++) {
                spans[i] = span(traceId);
            }
            Resource.Builder resource = Resource.newBuilder();
            if (random.nextInt(3) == 0) {
                resource.addAttributes(Requests.attribute(key(), value()));
            }
            request.mergeFrom(Requests.of(resource.build(), spans));
        }
        return request.build();
    }

    private Span span(TraceId traceId) {
        long start = 1_000_000_000_000L + random.nextInt(2_000_000);
        Span.Builder span =
                Requests.child(traceId, random.nextLong() | 1)
                        .setStartTimeUnixNano(start)
                        .setEndTimeUnixNano(start + random.nextInt(3_000_000) - 200_000)
                        .setStatus(Status.newBuilder().setCodeValue(random.nextInt(4)));
        for (int attributes = random.nextInt(3); attributes > 0; attributes--) {
            span.addAttributes(Requests.attribute(key(), value()));
        }
        return span.build();
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
