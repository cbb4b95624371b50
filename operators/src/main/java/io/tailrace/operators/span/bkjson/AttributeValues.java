package io.tailrace.operators.span.bkjson;

import com.fasterxml.jackson.core.JsonGenerator;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Attributes as members of a plain JSON object; of a key that comes twice, the first. */
final class AttributeValues {

    private AttributeValues() {}

    static void write(JsonGenerator json, List<KeyValue> attributes) throws IOException {
        json.writeStartObject();
        Set<String> written = new HashSet<>();
        for (KeyValue attribute : attributes) {
            if (written.add(attribute.getKey())) {
                json.writeFieldName(attribute.getKey());
                write(json, attribute.getValue());
            }
        }
        json.writeEndObject();
    }

    static void write(JsonGenerator json, AnyValue value) throws IOException {
        switch (value.getValueCase()) {
            case STRING_VALUE -> json.writeString(value.getStringValue());
            case BOOL_VALUE -> json.writeBoolean(value.getBoolValue());
            case INT_VALUE -> json.writeNumber(value.getIntValue());
            // The generator writes NaN and the infinities as text.
            case DOUBLE_VALUE -> json.writeNumber(value.getDoubleValue());
            case ARRAY_VALUE -> {
                json.writeStartArray();
                for (AnyValue element : value.getArrayValue().getValuesList()) {
                    write(json, element);
                }
                json.writeEndArray();
            }
            case KVLIST_VALUE -> write(json, value.getKvlistValue().getValuesList());
            case BYTES_VALUE -> json.writeBinary(value.getBytesValue().toByteArray());
            case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> json.writeNull();
        }
    }
}
