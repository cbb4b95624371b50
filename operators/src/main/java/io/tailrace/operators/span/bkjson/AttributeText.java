package io.tailrace.operators.span.bkjson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValueList;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Base64;

/** Values of attributes that are no scalars, as the text that {@link BkJsonWriter} gives them. */
public final class AttributeText {

    private AttributeText() {}

    /**
     * @param otlp an {@code ArrayValue}
     */
    public static String ofArray(byte[] otlp) {
        try {
            return json(AnyValue.newBuilder().setArrayValue(ArrayValue.parseFrom(otlp)).build());
        } catch (InvalidProtocolBufferException fault) {
            throw new IllegalStateException("Attributes are checked before they are read", fault);
        }
    }

    /**
     * @param otlp a {@code KeyValueList}
     */
    public static String ofList(byte[] otlp) {
        try {
            return json(AnyValue.newBuilder().setKvlistValue(KeyValueList.parseFrom(otlp)).build());
        } catch (InvalidProtocolBufferException fault) {
            throw new IllegalStateException("Attributes are checked before they are read", fault);
        }
    }

    /** As base64. */
    public static String ofBytes(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String json(AnyValue value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = BkJsonWriter.FACTORY.createGenerator(text)) {
            AttributeValues.write(json, value);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Writing to memory", impossible);
        }
        return text.toString();
    }
}
