package io.tailrace.bench.reference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.io.Serializable;

/**
 * One condition on a span. Each reads the span's text anew, as far as its key; a key that the span
 * does not have is false.
 *
 * @param key a field; or a field and, behind the first dot, a member of it
 */
record Condition(String key, Method method, String value) implements Serializable {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** How a value is compared. */
    enum Method {
        /** The text is the same. */
        EQ,
        /** The number is greater. */
        GT
    }

    boolean isMetBy(byte[] span) throws IOException {
        int dot = key.indexOf('.');
        String field = dot < 0 ? key : key.substring(0, dot);
        try (JsonParser json = FACTORY.createParser(span)) {
            json.nextToken();
            return goTo(json, field)
                    && (dot < 0 || goTo(json, key.substring(dot + 1)))
                    && compare(json);
        }
    }

    /** Whether the object has the field; its value is at hand then. */
    private static boolean goTo(JsonParser json, String field) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = json.currentName().equals(field);
            json.nextToken();
            if (found) {
                return true;
            }
            json.skipChildren();
        }
        return false;
    }

    private boolean compare(JsonParser json) throws IOException {
        return switch (method) {
            case EQ -> json.getText().equals(value);
            case GT -> json.getValueAsDouble() > Double.parseDouble(value);
        };
    }
}
