package io.tailrace.operators.span.json;

import java.io.IOException;

/** {@code KeyValue} and {@code AnyValue}. */
final class AttributeFields {

    private final JsonFields fields;
    private final JsonFields.Message keyValue = this::keyValue;
    private final JsonFields.Message anyValue = this::anyValue;
    private final JsonFields.Message arrayValue = this::arrayValue;
    private final JsonFields.Message keyValueList = this::keyValueList;

    AttributeFields(JsonFields fields) {
        this.fields = fields;
    }

    void attributes(int field) throws IOException, BadValueException {
        fields.messages(field, keyValue);
    }

    private void keyValue() throws IOException, BadValueException {
        for (String name = fields.next(); name != null; name = fields.next()) {
            switch (name) {
                case "key" -> fields.text(1);
                case "value" -> fields.message(2, anyValue);
                case "keyStrindex" -> fields.presentSigned(3, Integer.SIZE);
                default -> fields.skip();
            }
        }
    }

    private void anyValue() throws IOException, BadValueException {
        for (String name = fields.next(); name != null; name = fields.next()) {
            switch (name) {
                case "stringValue" -> fields.presentText(1);
                case "boolValue" -> fields.presentBoolean(2);
                case "intValue" -> fields.presentSigned(3, Long.SIZE);
                case "doubleValue" -> fields.presentDouble(4);
                case "arrayValue" -> fields.message(5, arrayValue);
                case "kvlistValue" -> fields.message(6, keyValueList);
                case "bytesValue" -> fields.presentBytes(7);
                case "stringValueStrindex" -> fields.presentSigned(8, Integer.SIZE);
                default -> fields.skip();
            }
        }
    }

    private void arrayValue() throws IOException, BadValueException {
        for (String name = fields.next(); name != null; name = fields.next()) {
            if (name.equals("values")) {
                fields.messagesOrNulls(1, anyValue);
            } else {
                fields.skip();
            }
        }
    }

    private void keyValueList() throws IOException, BadValueException {
        for (String name = fields.next(); name != null; name = fields.next()) {
            if (name.equals("values")) {
                fields.messages(1, keyValue);
            } else {
                fields.skip();
            }
        }
    }
}
