package io.tailrace.operators.discovery;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.span.Requests;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Requests of a few services that call each other, databases, brokers and peers, so that the same
 * things are seen again and again; with attributes under old and new names and of every type.
 */
public final class RandomTopology {

    private static final List<String> SPAN_KEYS =
            List.of(
                    "db.system",
                    "db.system.name",
                    "messaging.system",
                    "messaging.destination",
                    "messaging.destination.name",
                    "trpc.namespace",
                    "rpc.system",
                    "http.method",
                    "http.request.method",
                    "peer.service",
                    "net.peer.name",
                    "server.address",
                    "net.peer.ip",
                    "network.peer.address",
                    "net.peer.port",
                    "server.port",
                    "net.host.ip",
                    "network.local.address",
                    "cache.type",
                    "unrelated");

    private static final List<String> RESOURCE_KEYS =
            List.of(
                    "net.host.ip",
                    "host.ip",
                    "network.local.address",
                    "bk.instance.id",
                    "service.instance.id",
                    "telemetry.sdk.name",
                    "telemetry.sdk.name",
                    "telemetry.sdk.version",
                    "telemetry.sdk.language",
                    "k8s.bcs.cluster.id",
                    "k8s.pod.name",
                    "k8s.namespace.name",
                    "cloud.kind",
                    "unrelated");

    private final Random random;
    private final List<Span> recent = new ArrayList<>();

    public RandomTopology(Random random) {
        this.random = random;
    }

    /** A request of spans of new and recent traces. */
    public ExportTraceServiceRequest request() {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            ResourceSpans.Builder resource = ResourceSpans.newBuilder().setResource(resource());
            for (int j = random.nextInt(3); j > 0; j--) {
                ScopeSpans.Builder scope = ScopeSpans.newBuilder();
                for (int k = random.nextInt(6); k > 0; k--) {
                    scope.addSpans(span());
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
        if (random.nextInt(4) == 0) {
            resource.addAttributes(Requests.attribute("bk_biz_id", random.nextInt(2)));
        }
        if (random.nextInt(4) == 0) {
            resource.addAttributes(Requests.attribute("app_name", one(List.of("web", "", "ad"))));
        }
        int all = random.nextInt(10);
        for (String key : RESOURCE_KEYS) {
            if (all == 0 || random.nextInt(5) == 0) {
                resource.addAttributes(attribute(key));
            }
        }
        return resource.build();
    }

    private Span span() {
        Span.Builder span =
                Span.newBuilder()
                        .setTraceId(id(16))
                        .setSpanId(id(8))
                        .setName(one(List.of("GET /order/17", "GET /order/4711", "", "query 1")))
                        .setKindValue(random.nextInt(20) == 0 ? -7 : random.nextInt(7))
                        .setStartTimeUnixNano(random.nextInt(20) == 0 ? -1 : random.nextInt(1000));
        if (!recent.isEmpty() && random.nextInt(5) > 0) {
            Span parent = one(recent);
            span.setTraceId(parent.getTraceId());
            if (random.nextInt(6) > 0) {
                span.setParentSpanId(parent.getSpanId());
            }
        }
        if (!recent.isEmpty() && random.nextInt(6) == 0) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                Span linked = one(recent);
                Span.Link.Builder link = span.addLinksBuilder();
                if (random.nextInt(8) > 0) {
                    link.setTraceId(linked.getTraceId());
                }
                if (random.nextInt(8) > 0) {
                    link.setSpanId(linked.getSpanId());
                }
            }
        }
        for (int i = random.nextInt(6); i > 0; i--) {
            span.addAttributes(attribute(one(SPAN_KEYS)));
        }
        Span made = span.build();
        if (recent.size() < 30) {
            recent.add(made);
        } else {
            recent.set(random.nextInt(recent.size()), made);
        }
        return made;
    }

    private KeyValue attribute(String key) {
        AnyValue.Builder value = AnyValue.newBuilder();
        switch (random.nextInt(14)) {
            case 0 -> value.setIntValue(3306);
            case 1 -> value.setBoolValue(random.nextBoolean());
            case 2 -> value.setDoubleValue(one(List.of(200.0, 0.5)));
            case 3 -> value.setStringValue("");
            case 4 -> value.setArrayValue(list());
            case 5 -> value.clear();
            case 6 -> value.setStringValue("a long text that 测试 may be cut");
            default -> value.setStringValue(one(List.of("mysql", "GET", "é", "10.0.0.1")));
        }
        return Requests.attribute(key, value);
    }

    private ArrayValue.Builder list() {
        ArrayValue.Builder list = ArrayValue.newBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            list.addValues(
                    AnyValue.newBuilder().setStringValue(one(List.of("10.0.0.2", "", "fe80::1"))));
        }
        return list;
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
