package io.tailrace.jobs.source.generator.shop;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;

/** OTLP attributes. */
final class Attribute {

    private Attribute() {}

    static KeyValue text(String key, String value) {
        return of(key, AnyValue.newBuilder().setStringValue(value));
    }

    static KeyValue number(String key, long value) {
        return of(key, AnyValue.newBuilder().setIntValue(value));
    }

    static KeyValue texts(String key, String... values) {
        ArrayValue.Builder array = ArrayValue.newBuilder();
        for (String value : values) {
            array.addValues(AnyValue.newBuilder().setStringValue(value));
        }
        return of(key, AnyValue.newBuilder().setArrayValue(array));
    }

    private static KeyValue of(String key, AnyValue.Builder value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }
}
