package io.tailrace.plain.discovery;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A span as maps of its attributes; of a key that is there twice the first counts. */
record SeenSpan(
        PlainApplication application,
        String service,
        Map<String, AnyValue> resource,
        Map<String, AnyValue> attributes,
        Span span,
        long arrival,
        int mostBytes) {

    static Map<String, AnyValue> map(List<KeyValue> attributes) {
        Map<String, AnyValue> values = new HashMap<>();
        attributes.forEach(each -> values.putIfAbsent(each.getKey(), each.getValue()));
        return values;
    }

    String ofSpan(String... names) {
        return text(attributes, names);
    }

    String ofResource(String... names) {
        return text(resource, names);
    }

    /** Of the first name with a text, cut; empty where there is none. */
    String text(Map<String, AnyValue> values, String... names) {
        for (String name : names) {
            String text = text(values.getOrDefault(name, AnyValue.getDefaultInstance()));
            if (!text.isEmpty()) {
                return cut(text);
            }
        }
        return "";
    }

    /** The same, where a list has its first element's text. */
    String firstText(Map<String, AnyValue> values, String... names) {
        for (String name : names) {
            AnyValue value = values.getOrDefault(name, AnyValue.getDefaultInstance());
            if (value.hasArrayValue() && value.getArrayValue().getValuesCount() > 0) {
                value = value.getArrayValue().getValues(0);
            }
            if (!text(value).isEmpty()) {
                return cut(text(value));
            }
        }
        return "";
    }

    /** Whether one of the names is there with anything but an empty text. */
    static boolean has(Map<String, AnyValue> values, String... names) {
        for (String name : names) {
            AnyValue value = values.getOrDefault(name, AnyValue.getDefaultInstance());
            if (value.getValueCase() != AnyValue.ValueCase.VALUE_NOT_SET
                    && !(value.hasStringValue() && value.getStringValue().isEmpty())) {
                return true;
            }
        }
        return false;
    }

    /** As much of a text as has so many bytes. */
    String cut(String text) {
        StringBuilder cut = new StringBuilder();
        int bytes = 0;
        for (int point : text.codePoints().toArray()) {
            bytes += Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > mostBytes) {
                break;
            }
            cut.appendCodePoint(point);
        }
        return cut.toString();
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

    int kind() {
        return span.getKindValue() >= 0 && span.getKindValue() <= 5 ? span.getKindValue() : 0;
    }

    boolean serves() {
        return kind() == 2 || kind() == 5;
    }

    long id() {
        return number(span.getSpanId());
    }

    /** 0 where it is a root. */
    long parentId() {
        return number(span.getParentSpanId());
    }

    static long number(ByteString id) {
        return id.size() == 8 ? ByteBuffer.wrap(id.toByteArray()).getLong() : 0;
    }
}
