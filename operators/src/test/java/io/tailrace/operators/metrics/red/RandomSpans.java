package io.tailrace.operators.metrics.red;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.operators.span.Requests;

import java.util.List;
import java.util.Random;

/**
 * Requests of few services and names, so that many spans share a series, with everything that makes
 * counting hard: attributes of every type, old and new names, clocks that are off, odd numbers.
 */
public final class RandomSpans {

    private static final List<String> KEYS =
            List.of(
                    "http.method",
                    "http.request.method",
                    "http.status_code",
                    "http.response.status_code",
                    "db.system",
                    "db.namespace",
                    "target",
                    "peer.service",
                    "apdex.type",
                    "messaging.destination.name",
                    "rpc.grpc.status_code",
                    "celery.task_name",
                    "no.dimension");

    private static final List<String> TRACE_STATES =
            List.of(
                    "",
                    "",
                    "",
                    "ot=th:0",
                    "ot=th:8",
                    "vendor=1,ot=th:c",
                    "ot=th:fff",
                    "ot=th:",
                    "ot=th:xyz",
                    "vendor=ot");

    private final Random random;

    public RandomSpans(Random random) {
        this.random = random;
    }

    /** A request whose spans end around a time in milliseconds, some far from it. */
    public ExportTraceServiceRequest request(long time) {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            ResourceSpans.Builder resource = ResourceSpans.newBuilder().setResource(resource());
            for (int j = random.nextInt(3); j > 0; j--) {
                ScopeSpans.Builder scope = ScopeSpans.newBuilder();
                for (int k = random.nextInt(6); k > 0; k--) {
                    scope.addSpans(span(time));
                }
                resource.addScopeSpans(scope);
            }
            request.addResourceSpans(resource);
        }
        return request.build();
    }

    private Resource resource() {
        Resource.Builder resource = Resource.newBuilder();
        if (random.nextInt(10) > 0) {
            resource.addAttributes(
                    Requests.attribute("service.name", one(List.of("cart", "shop", "订单"))));
        }
        switch (random.nextInt(8)) {
            case 0 -> resource.addAttributes(Requests.attribute("bk_biz_id", 7));
            case 1 -> resource.addAttributes(Requests.attribute("bk_biz_id", "7"));
            case 2 -> resource.addAttributes(Requests.attribute("bk_biz_id", "-12"));
            case 3 ->
                    resource.addAttributes(
                            Requests.attribute(
                                    "bk_biz_id",
                                    one(List.of("", "x", "-", "1234567890123456789"))));
            case 4 ->
                    resource.addAttributes(
                            Requests.attribute(
                                    "bk_biz_id", AnyValue.newBuilder().setBoolValue(true)));
            default -> {}
        }
        switch (random.nextInt(6)) {
            case 0 -> resource.addAttributes(Requests.attribute("app_name", "shop"));
            case 1 -> resource.addAttributes(Requests.attribute("app_name", ""));
            case 2 -> resource.addAttributes(Requests.attribute("app_name", 5));
            default -> {}
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            resource.addAttributes(attribute());
        }
        return resource.build();
    }

    private Span span(long time) {
        long end = time * 1_000_000 + random.nextInt(2_000_000_000) - 1_500_000_000;
        if (random.nextInt(20) == 0) {
            end += one(List.of(-1, -1, 1)) * random.nextInt(600_000) * 1_000_000L;
        } else if (random.nextInt(200) == 0) {
            end = one(List.of(0L, -1L, Long.MIN_VALUE));
        }
        long duration = (long) Math.exp(random.nextDouble() * 25);
        Span.Builder span =
                Span.newBuilder()
                        .setTraceId(id(16))
                        .setSpanId(id(8))
                        .setName(one(List.of("GET /", "POST /cart", "", "query")))
                        .setKindValue(random.nextInt(20) == 0 ? -7 : random.nextInt(7))
                        .setTraceState(one(TRACE_STATES))
                        .setEndTimeUnixNano(end)
                        .setStartTimeUnixNano(
                                random.nextInt(30) == 0 ? end + duration : end - duration);
        if (random.nextInt(3) == 0) {
            span.setStatus(Status.newBuilder().setCodeValue(random.nextInt(4)));
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            span.addAttributes(attribute());
        }
        return span.build();
    }

    private KeyValue attribute() {
        AnyValue.Builder value = AnyValue.newBuilder();
        switch (random.nextInt(12)) {
            case 0 -> value.setIntValue(200);
            case 1 -> value.setIntValue(one(List.of(0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE)));
            case 2 -> value.setBoolValue(random.nextBoolean());
            case 3 -> value.setDoubleValue(one(List.of(200.0, 0.5, -0.0, 1e300, Double.NaN)));
            case 4 -> value.setStringValue("");
            case 5 -> value.setArrayValue(ArrayValue.getDefaultInstance());
            case 6 -> value.clear();
            default -> value.setStringValue(one(List.of("a", "200", "é")));
        }
        return Requests.attribute(one(KEYS), value);
    }

    private ByteString id(int size) {
        byte[] id = new byte[size];
        random.nextBytes(id);
        id[size - 1] |= 1;
        return ByteString.copyFrom(id);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
