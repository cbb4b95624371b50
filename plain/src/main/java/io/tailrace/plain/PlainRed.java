package io.tailrace.plain;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts spans as one would on paper: span objects, one thread, lists. Names, numbers and rules are
 * written down here once more.
 */
public final class PlainRed {

    /** BlueKing's dimensions but the span's own, and where their values are. */
    private static final Map<String, List<String>> ATTRIBUTES = new TreeMap<>();

    static {
        for (String each :
                List.of(
                        "apdex_type apdex.type",
                        "bk_instance_id bk.instance.id",
                        "telemetry_sdk_language telemetry.sdk.language",
                        "telemetry_sdk_name telemetry.sdk.name",
                        "telemetry_sdk_version telemetry.sdk.version",
                        "target target",
                        "peer_service peer.service",
                        "http_server_name http.server_name",
                        "http_method http.method http.request.method",
                        "http_scheme http.scheme url.scheme",
                        "http_flavor http.flavor",
                        "http_status_code http.status_code http.response.status_code",
                        "rpc_method rpc.method",
                        "rpc_service rpc.service",
                        "rpc_system rpc.system",
                        "rpc_grpc_status_code rpc.grpc.status_code",
                        "db_name db.name db.namespace",
                        "db_operation db.operation db.operation.name",
                        "db_system db.system db.system.name",
                        "messaging_system messaging.system",
                        "messaging_destination messaging.destination messaging.destination.name",
                        "messaging_destination_kind messaging.destination_kind",
                        "celery_action celery.action",
                        "celery_task_name celery.task_name")) {
            List<String> words = Arrays.asList(each.split(" "));
            ATTRIBUTES.put(words.get(0), words.subList(1, words.size()));
        }
    }

    private static final long[] BOUNDS_MS = {
        2, 4, 6, 8, 10, 50, 100, 200, 400, 800, 1000, 1400, 2000, 5000, 10_000, 15_000
    };

    private final long window;
    private final long wait;
    private final long lateness;
    private final long ahead;
    private final Map<Key, List<Counted>> counted = new HashMap<>();
    private final Map<String, Long> tooLate = new TreeMap<>();
    private final Map<String, Long> tooFarAhead = new TreeMap<>();
    private long wrongApplications;
    private long endingBeforeStart;

    public record Key(
            long windowStart,
            long bizId,
            String application,
            String service,
            Map<String, String> dimensions) {}

    private record Counted(Span span, long times, long micros, String apdex, long arrival) {}

    /** Lengths in milliseconds. */
    public PlainRed(long window, long wait, long lateness, long ahead) {
        this.window = window;
        this.wait = wait;
        this.lateness = lateness;
        this.ahead = ahead;
    }

    public void count(ExportTraceServiceRequest request, long arrival) {
        for (ResourceSpans resourceSpans : request.getResourceSpansList()) {
            Resource resource = resourceSpans.getResource();
            long bizId = bizId(resource);
            String application = application(resource);
            for (ScopeSpans scopeSpans : resourceSpans.getScopeSpansList()) {
                for (Span span : scopeSpans.getSpansList()) {
                    count(resource, bizId, application, span, arrival);
                }
            }
        }
    }

    private void count(Resource resource, long bizId, String application, Span span, long arrival) {
        BigInteger endNanos = unsigned(span.getEndTimeUnixNano());
        BigInteger startNanos = unsigned(span.getStartTimeUnixNano());
        boolean backwards = endNanos.compareTo(startNanos) < 0;
        endingBeforeStart += backwards ? 1 : 0;
        long end = endNanos.divide(BigInteger.valueOf(1_000_000)).longValueExact();
        long start = end / window * window;
        String service = text(resource.getAttributesList(), List.of("service.name"));
        String shown = service == null ? "(none)" : service;
        if (arrival > start + window + wait + lateness) {
            tooLate.merge(shown, 1L, Long::sum);
            return;
        }
        if (end - arrival > ahead) {
            tooFarAhead.merge(shown, 1L, Long::sum);
            return;
        }
        long micros =
                backwards
                        ? 0
                        : endNanos.subtract(startNanos)
                                .divide(BigInteger.valueOf(1000))
                                .longValueExact();
        counted.computeIfAbsent(
                        new Key(
                                start,
                                bizId,
                                application,
                                service == null ? "" : service,
                                dimensions(resource, span, service)),
                        any -> new ArrayList<>())
                .add(
                        new Counted(
                                span, times(span), micros, apdex(resource, span, micros), arrival));
    }

    private static BigInteger unsigned(long bits) {
        return new BigInteger(Long.toUnsignedString(bits));
    }

    private static Map<String, String> dimensions(Resource resource, Span span, String service) {
        Map<String, String> dimensions = new TreeMap<>();
        dimensions.put("kind", Integer.toString(span.getKindValue()));
        dimensions.put("status_code", Integer.toString(span.getStatus().getCodeValue()));
        if (!span.getName().isEmpty()) {
            dimensions.put("span_name", span.getName());
        }
        if (service != null) {
            dimensions.put("service_name", service);
        }
        ATTRIBUTES.forEach(
                (name, keys) -> {
                    String value = text(span.getAttributesList(), keys);
                    value = value == null ? text(resource.getAttributesList(), keys) : value;
                    if (value != null) {
                        dimensions.put(name, value);
                    }
                });
        return dimensions;
    }

    /** Server spans with http.method: 100 ms; all that have a db.system: 10 ms. */
    private static String apdex(Resource resource, Span span, long micros) {
        long threshold;
        if (span.getKindValue() == 2
                && isThere(resource, span, List.of("http.method", "http.request.method"))) {
            threshold = 100_000;
        } else if (isThere(resource, span, List.of("db.system", "db.system.name"))) {
            threshold = 10_000;
        } else {
            return "none";
        }
        if (span.getStatus().getCodeValue() == 2) {
            return "frustrated";
        }
        if (micros <= threshold) {
            return "satisfied";
        }
        return micros <= 4 * threshold ? "tolerating" : "frustrated";
    }

    /** Of a key that a list has twice, the first counts. */
    private static boolean isThere(Resource resource, Span span, List<String> keys) {
        for (List<KeyValue> attributes :
                List.of(span.getAttributesList(), resource.getAttributesList())) {
            Map<String, AnyValue> values = new HashMap<>();
            attributes.forEach(each -> values.putIfAbsent(each.getKey(), each.getValue()));
            for (String key : keys) {
                AnyValue value = values.getOrDefault(key, AnyValue.getDefaultInstance());
                if (value.hasStringValue()
                        ? !value.getStringValue().isEmpty()
                        : value.getValueCase() != AnyValue.ValueCase.VALUE_NOT_SET) {
                    return true;
                }
            }
        }
        return false;
    }

    private static long times(Span span) {
        return switch (span.getTraceState()) {
            case "" -> 1;
            case "ot=th:0", "ot=th:", "ot=th:xyz", "vendor=ot" -> 1;
            case "ot=th:8" -> 2;
            case "vendor=1,ot=th:c" -> 4;
            case "ot=th:fff" -> 4096;
            default -> throw new AssertionError(span.getTraceState());
        };
    }

    private long bizId(Resource resource) {
        for (KeyValue each : resource.getAttributesList()) {
            if (each.getKey().equals("bk_biz_id")) {
                AnyValue value = each.getValue();
                if (value.hasIntValue()) {
                    return value.getIntValue();
                }
                if (value.hasStringValue() && value.getStringValue().matches("-?[0-9]{1,18}")) {
                    return Long.parseLong(value.getStringValue());
                }
                wrongApplications++;
            }
        }
        return 2;
    }

    private String application(Resource resource) {
        for (KeyValue each : resource.getAttributesList()) {
            if (each.getKey().equals("app_name")) {
                if (!each.getValue().getStringValue().isEmpty()) {
                    return each.getValue().getStringValue();
                }
                wrongApplications++;
            }
        }
        return "default";
    }

    /** Null where there is none, or an empty one. */
    private static String text(List<KeyValue> attributes, List<String> keys) {
        for (String key : keys) {
            for (KeyValue each : attributes) {
                if (each.getKey().equals(key)) {
                    String text = text(each.getValue());
                    if (!text.isEmpty()) {
                        return text;
                    }
                    break;
                }
            }
        }
        return null;
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue() ? "true" : "false";
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> {
                double number = value.getDoubleValue();
                yield number == Math.floor(number) && Math.abs(number) < 1e15
                        ? new BigDecimal(number).toBigInteger().toString()
                        : Double.toString(number);
            }
            default -> "";
        };
    }

    /** Spans counted of windows whose rows are made by then. */
    public long countDue(long watermark) {
        return counted.entrySet().stream()
                .filter(each -> each.getKey().windowStart + window + wait <= watermark)
                .flatMap(each -> each.getValue().stream())
                .mapToLong(Counted::times)
                .sum();
    }

    /** What there is to say of each window and series, in words and numbers. */
    public Map<Key, Map<String, Object>> said() {
        Map<Key, Map<String, Object>> said = new HashMap<>();
        counted.forEach((key, spans) -> said.put(key, saidOf(spans)));
        return said;
    }

    private static Map<String, Object> saidOf(List<Counted> spans) {
        Map<String, Object> said = new TreeMap<>();
        long[] buckets = new long[BOUNDS_MS.length + 1];
        for (Counted each : spans) {
            Span span = each.span;
            add(said, "count", each.times);
            add(said, "errors", span.getStatus().getCodeValue() == 2 ? each.times : 0);
            add(said, "sum", each.times * each.micros);
            for (String apdex : List.of("satisfied", "tolerating", "frustrated")) {
                add(said, apdex, apdex.equals(each.apdex) ? each.times : 0);
            }
            add(said, "calls", List.of(2, 4).contains(span.getKindValue()) ? each.times : 0);
            add(said, "requests", List.of(3, 5).contains(span.getKindValue()) ? each.times : 0);
            int bucket = 0;
            while (bucket < BOUNDS_MS.length && each.micros > BOUNDS_MS[bucket] * 1000) {
                bucket++;
            }
            buckets[bucket] += each.times;
        }
        said.put("max", spans.stream().mapToLong(Counted::micros).max().orElseThrow());
        said.put("min", spans.stream().mapToLong(Counted::micros).min().orElseThrow());
        said.put("arrival", spans.stream().mapToLong(Counted::arrival).max().orElseThrow());
        said.put("buckets", Arrays.stream(buckets).boxed().toList());
        said.put("slowest", slowest(spans));
        said.put(
                "slowest error",
                slowest(
                        spans.stream()
                                .filter(each -> each.span.getStatus().getCodeValue() == 2)
                                .toList()));
        return said;
    }

    private static void add(Map<String, Object> said, String what, long number) {
        said.merge(what, number, (one, other) -> (Long) one + (Long) other);
    }

    private static String slowest(List<Counted> spans) {
        return spans.stream()
                .min(
                        Comparator.comparing((Counted each) -> -each.micros)
                                .thenComparing(each -> number(each.span.getTraceId(), 0))
                                .thenComparing(each -> number(each.span.getTraceId(), 8))
                                .thenComparing(each -> number(each.span.getSpanId(), 0)))
                .map(
                        each ->
                                number(each.span.getTraceId(), 0)
                                        + " "
                                        + number(each.span.getTraceId(), 8)
                                        + " "
                                        + number(each.span.getSpanId(), 0)
                                        + " "
                                        + each.micros)
                .orElse("none");
    }

    private static long number(ByteString id, int from) {
        return ByteBuffer.wrap(id.toByteArray()).getLong(from);
    }

    /** By service. */
    public Map<String, Long> tooLate() {
        return tooLate;
    }

    /** By service. */
    public Map<String, Long> tooFarAhead() {
        return tooFarAhead;
    }

    public long wrongApplications() {
        return wrongApplications;
    }

    public long endingBeforeStart() {
        return endingBeforeStart;
    }
}
