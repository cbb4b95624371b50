package io.tailrace.bench.jmh;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Requests of 100 spans of about 900 bytes each, with the attributes that instrumentation of HTTP
 * servers writes. Equal seeds give equal requests.
 */
final class Requests {

    private static final int SPANS = 100;

    private static final List<String> ROUTES =
            List.of("/cart", "/cart/checkout", "/product/{id}", "/currency", "/health/ready");

    private static final List<String> BROWSERS =
            List.of(
                    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
                            + " Chrome/126.0.0.0 Safari/537.36",
                    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:127.0) Gecko/20100101"
                            + " Firefox/127.0");

    private final Random random;

    Requests(long seed) {
        random = new Random(seed);
    }

    ExportTraceServiceRequest next(Shape shape) {
        byte[][] traces = new byte[shape.traces()][];
        for (int i = 0; i < traces.length; i++) {
            traces[i] = bytes(16);
        }
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        int each = SPANS / shape.resources();
        for (int r = 0; r < shape.resources(); r++) {
            ScopeSpans.Builder scope =
                    ScopeSpans.newBuilder()
                            .setScope(
                                    InstrumentationScope.newBuilder()
                                            .setName("io.opentelemetry.tomcat-10.0")
                                            .setVersion("2.5.0-alpha"));
            for (int s = r * each; s < (r + 1) * each; s++) {
                scope.addSpans(span(traces[s * shape.traces() / SPANS], s));
            }
            request.addResourceSpans(
                    ResourceSpans.newBuilder()
                            .setResource(resource(r))
                            .addScopeSpans(scope)
                            .setSchemaUrl("https://opentelemetry.io/schemas/1.24.0"));
        }
        return request.build();
    }

    private Resource resource(int number) {
        String service = "shop-service-" + number;
        return Resource.newBuilder()
                .addAttributes(text("service.name", service))
                .addAttributes(text("service.namespace", "shop"))
                .addAttributes(text("service.version", "1.14." + number))
                .addAttributes(text("service.instance.id", uuid()))
                .addAttributes(text("k8s.pod.name", service + "-668d5f85fb-wckp8"))
                .addAttributes(text("k8s.namespace.name", "production"))
                .addAttributes(text("deployment.environment", "production"))
                .addAttributes(text("telemetry.sdk.name", "opentelemetry"))
                .addAttributes(text("telemetry.sdk.language", "java"))
                .addAttributes(text("telemetry.sdk.version", "1.39.0"))
                .build();
    }

    /** Every tenth has no parent, every fiftieth fails, every twentieth is slow. */
    private Span span(byte[] traceId, int number) {
        long start = 1_750_000_000_000_000_000L + random.nextInt(1_000_000_000);
        long length = number % 20 == 7 ? 700_000_000 : random.nextInt(90_000_000);
        String route = ROUTES.get(random.nextInt(ROUTES.size()));
        boolean fails = number % 50 == 13;
        String path = route + "?session=" + uuid() + "&page=" + random.nextInt(100);
        Span.Builder span =
                Span.newBuilder()
                        .setTraceId(ByteString.copyFrom(traceId))
                        .setSpanId(ByteString.copyFrom(bytes(8)))
                        .setName("GET " + route)
                        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                        .setStartTimeUnixNano(start)
                        .setEndTimeUnixNano(start + length)
                        .setFlags(0x101)
                        .addAttributes(text("http.request.method", "GET"))
                        .addAttributes(whole("http.response.status_code", fails ? 503 : 200))
                        .addAttributes(text("http.route", route))
                        .addAttributes(text("url.scheme", "https"))
                        .addAttributes(text("url.path", route))
                        .addAttributes(text("url.full", "https://shop.example.com" + path))
                        .addAttributes(text("server.address", "shop.example.com"))
                        .addAttributes(whole("server.port", 443))
                        .addAttributes(text("client.address", "10.11.0." + random.nextInt(256)))
                        .addAttributes(text("network.protocol.version", "1.1"))
                        .addAttributes(
                                text(
                                        "user_agent.original",
                                        BROWSERS.get(random.nextInt(BROWSERS.size()))))
                        .addAttributes(whole("thread.id", 20 + random.nextInt(40)))
                        .addAttributes(
                                text("thread.name", "http-nio-8080-exec-" + random.nextInt(40)))
                        .addAttributes(text("enduser.id", uuid()))
                        .addAttributes(text("http.request.header.x-request-id", uuid()))
                        .addAttributes(whole("http.response.body.size", random.nextInt(9999)))
                        .addAttributes(text("messaging.message.id", uuid()))
                        .setStatus(
                                Status.newBuilder()
                                        .setCodeValue(
                                                fails
                                                        ? Status.StatusCode.STATUS_CODE_ERROR_VALUE
                                                        : 0));
        if (number % 10 != 0) {
            span.setParentSpanId(ByteString.copyFrom(bytes(8)));
        }
        return span.build();
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static KeyValue whole(String key, long value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setIntValue(value))
                .build();
    }
}
