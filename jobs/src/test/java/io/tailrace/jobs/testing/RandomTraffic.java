package io.tailrace.jobs.testing;

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

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Traffic that asks for trouble: traces spread over pods and requests, spans that come seconds
 * late, some after the decision is forgotten, and times on a grid of 100 ms, so that many fall
 * exactly on a deadline or a threshold. A few spans end in the future.
 */
public final class RandomTraffic {

    private static final long START = Instant.parse("2024-05-01T12:00:00Z").toEpochMilli();
    private static final long FUTURE = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long GRID = 100;
    private static final int PODS = 6;

    /** Traces that begin in a second. */
    private static final int RATE = 20;

    private final Random random;

    /** By the time of the flush, then by pod. */
    private final Map<Long, List<List<Span>>> flushes = new TreeMap<>();

    private RandomTraffic(long seed) {
        this.random = new Random(seed);
    }

    public static Traffic of(long seed, int traces) {
        RandomTraffic traffic = new RandomTraffic(seed);
        for (int i = 0; i < traces; i++) {
            traffic.addTrace(onGrid(traffic.random.nextInt(traces * 1000 / RATE)));
        }
        return Traffic.of(traffic.requests());
    }

    private static long onGrid(long millis) {
        return millis / GRID * GRID;
    }

    private void addTrace(long start) {
        ByteString trace = id(2);
        boolean slow = random.nextInt(10) == 0;
        int spans = 1 + random.nextInt(12);
        for (int i = 0; i < spans; i++) {
            long begin = START + start + onGrid(random.nextInt(slow ? 1200 : 400));
            long end = begin + onGrid(random.nextInt(300));
            addSpan(span(trace, i == 0, begin, end), end + delay());
        }
    }

    private long delay() {
        int kind = random.nextInt(100);
        if (kind < 80) {
            return random.nextInt(700);
        }
        return kind < 95 ? 1_000 + random.nextInt(4_000) : 5_000 + random.nextInt(10_000);
    }

    private void addSpan(Span span, long ready) {
        long flush = (ready / 200 + 1) * 200;
        List<List<Span>> pods =
                flushes.computeIfAbsent(
                        flush,
                        none -> {
                            List<List<Span>> empty = new ArrayList<>();
                            for (int i = 0; i < PODS; i++) {
                                empty.add(new ArrayList<>());
                            }
                            return empty;
                        });
        pods.get(random.nextInt(PODS)).add(span);
    }

    private ByteString id(int longs) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * longs);
        for (int i = 0; i < longs; i++) {
            bytes.putLong(random.nextLong());
        }
        return ByteString.copyFrom(bytes.array());
    }

    private Span span(ByteString trace, boolean root, long begin, long end) {
        boolean ahead = random.nextInt(500) == 0;
        Span.Builder span =
                Span.newBuilder()
                        .setTraceId(trace)
                        .setSpanId(id(1))
                        .setParentSpanId(root ? ByteString.EMPTY : id(1))
                        .setName("GET /items/" + random.nextInt(10))
                        .setKindValue(1 + random.nextInt(5))
                        .setStartTimeUnixNano(begin * NANOS_PER_MILLI)
                        .setEndTimeUnixNano((ahead ? FUTURE : end) * NANOS_PER_MILLI)
                        .addAttributes(text("http.request.method", "GET"))
                        .addAttributes(
                                attribute(
                                        "http.response.status_code",
                                        AnyValue.newBuilder().setIntValue(random.nextLong())))
                        .addAttributes(
                                attribute(
                                        "ratio",
                                        AnyValue.newBuilder().setDoubleValue(random.nextDouble())));
        if (random.nextInt(4) == 0) {
            span.setTraceState("vendor=" + random.nextInt(100)).setFlags(random.nextInt(512));
            span.addAttributes(
                    attribute("cached", AnyValue.newBuilder().setBoolValue(random.nextBoolean())));
        }
        if (random.nextInt(60) == 0) {
            span.setStatus(
                    Status.newBuilder()
                            .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                            .setMessage("größer als erlaubt: \"" + random.nextInt() + "\"\n"));
            span.addEvents(
                    Span.Event.newBuilder()
                            .setTimeUnixNano(begin * NANOS_PER_MILLI + random.nextInt(1_000_000))
                            .setName("exception")
                            .addAttributes(text("exception.type", "IllegalState")));
        }
        return span.build();
    }

    private static KeyValue text(String key, String value) {
        return attribute(key, AnyValue.newBuilder().setStringValue(value));
    }

    private static KeyValue attribute(String key, AnyValue.Builder value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    /** Each flush of a pod is a request; at times that of the next pod joins it. */
    private List<ExportTraceServiceRequest> requests() {
        List<ExportTraceServiceRequest> requests = new ArrayList<>();
        for (List<List<Span>> pods : flushes.values()) {
            ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
            for (int pod = 0; pod < PODS; pod++) {
                if (!pods.get(pod).isEmpty()) {
                    request.addResourceSpans(resourceSpans(pod, pods.get(pod)));
                }
                if (random.nextInt(3) != 0 && request.getResourceSpansCount() > 0) {
                    requests.add(request.build());
                    request.clear();
                }
            }
            if (request.getResourceSpansCount() > 0) {
                requests.add(request.build());
            }
        }
        return requests;
    }

    private ResourceSpans resourceSpans(int pod, List<Span> spans) {
        int first = random.nextInt(spans.size());
        ResourceSpans.Builder resource =
                ResourceSpans.newBuilder()
                        .setResource(
                                Resource.newBuilder()
                                        .addAttributes(text("service.name", "service-" + pod / 2))
                                        .addAttributes(text("k8s.pod.name", "pod-" + pod)))
                        .setSchemaUrl(pod % 2 == 0 ? "" : "https://opentelemetry.io/schemas/1.30.0")
                        .addScopeSpans(
                                ScopeSpans.newBuilder()
                                        .setScope(
                                                InstrumentationScope.newBuilder()
                                                        .setName("http")
                                                        .setVersion("1." + pod))
                                        .addAllSpans(spans.subList(first, spans.size())));
        if (first > 0) {
            resource.addScopeSpans(
                    ScopeSpans.newBuilder()
                            .setSchemaUrl("https://opentelemetry.io/schemas/1.21.0")
                            .addAllSpans(spans.subList(0, first)));
        }
        return resource.build();
    }
}
