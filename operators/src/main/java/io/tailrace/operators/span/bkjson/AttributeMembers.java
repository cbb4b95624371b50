package io.tailrace.operators.span.bkjson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tailrace.operators.span.json.BadValueException;
import io.tailrace.operators.span.json.JsonFields;
import io.tailrace.operators.span.json.ProtobufOutput;

import java.io.IOException;

/** Members of plain JSON objects as {@code KeyValue}, their values as {@code AnyValue}. */
final class AttributeMembers {

    private static final int KEY = 1;
    private static final int VALUE = 2;

    private final JsonParser parser;
    private final ProtobufOutput output;
    private final JsonFields fields;
    private final JsonFields.Message keyValue = this::keyValue;
    private final JsonFields.Message anyValue = this::anyValue;
    private final JsonFields.Message elements = this::elements;
    private final JsonFields.Message members = this::members;

    AttributeMembers(JsonParser parser, ProtobufOutput output, JsonFields fields) {
        this.parser = parser;
        this.output = output;
        this.fields = fields;
    }

    /** All members of the object at hand, null or not. */
    void all(int field) throws IOException, BadValueException {
        fields.expect(JsonToken.START_OBJECT, "an object");
        while (parser.nextFieldName() != null) {
            parser.nextToken();
            one(field);
        }
    }

    /** The member whose value is at hand. */
    void one(int field) throws IOException, BadValueException {
        fields.nested(field, keyValue);
    }

    private void keyValue() throws IOException, BadValueException {
        output.text(KEY, parser.currentName());
        fields.nested(VALUE, anyValue);
    }

    private void anyValue() throws IOException, BadValueException {
        switch (parser.currentToken()) {
            case VALUE_STRING -> fields.presentText(1);
            case VALUE_TRUE, VALUE_FALSE -> fields.presentBoolean(2);
            case VALUE_NUMBER_INT -> {
                if (fields.fitsSigned(Long.SIZE)) {
                    fields.presentSigned(3, Long.SIZE);
                } else {
                    fields.presentDouble(4);
                }
            }
            case VALUE_NUMBER_FLOAT -> fields.presentDouble(4);
            case START_ARRAY -> fields.nested(5, elements);
            case START_OBJECT -> fields.nested(6, members);
            default -> {
                // Null is the value that is none.
            }
        }
    }

    private void elements() throws IOException, BadValueException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            fields.nested(1, anyValue);
        }
    }

    private void members() throws IOException, BadValueException {
        all(1);
    }
}
