package io.tailrace.operators.sampling.policy;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.tailrace.operators.span.PlacedSpan;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The attributes of a trace, wherever they are. */
final class PlainAttributes {

    /** Of the keys that {@link RandomTraces} uses, those that have another name. */
    private static final Map<String, String> OTHER_NAMES =
            Map.of(
                    "http.method", "http.request.method",
                    "http.request.method", "http.method",
                    "http.status_code", "http.response.status_code",
                    "http.response.status_code", "http.status_code");

    private PlainAttributes() {}

    record Found(AnyValue value, boolean ofResource) {}

    /** Under a key, or its other name where both are wanted. */
    static Stream<Found> values(List<PlacedSpan> spans, String key, boolean both) {
        Stream<Found> own = spans.stream().flatMap(span -> values(span, key));
        return both && OTHER_NAMES.containsKey(key)
                ? Stream.concat(own, values(spans, OTHER_NAMES.get(key), false))
                : own;
    }

    private static Stream<Found> values(PlacedSpan placed, String key) {
        Stream<List<KeyValue>> own =
                Stream.concat(
                        Stream.of(
                                placed.span().getAttributesList(),
                                placed.within().getScope().getAttributesList()),
                        placed.span().getEventsList().stream()
                                .map(event -> event.getAttributesList()));
        return Stream.concat(
                own.flatMap(list -> first(list, key)).map(value -> new Found(value, false)),
                first(placed.under().getResource().getAttributesList(), key)
                        .map(value -> new Found(value, true)));
    }

    /** The value of a key, of which the first counts. */
    static Stream<AnyValue> first(List<KeyValue> attributes, String key) {
        return attributes.stream()
                .filter(each -> each.getKey().equals(key))
                .limit(1)
                .map(KeyValue::getValue);
    }
}
