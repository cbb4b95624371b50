package io.tailrace.operators.span.ottl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values as JSON, written as the Collector does: keys in order, nothing that HTML would read. */
final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    static String of(Object value) {
        StringBuilder json = new StringBuilder();
        write(value, json);
        return json.toString();
    }

    private static void write(Object value, StringBuilder json) {
        if (value instanceof List<?> list) {
            String comma = "";
            json.append('[');
            for (Object element : list) {
                json.append(comma);
                write(element, json);
                comma = ",";
            }
            json.append(']');
        } else if (value instanceof Map<?, ?> map) {
            TreeMap<String, Object> sorted = new TreeMap<>(Comparisons::compare);
            map.forEach((key, entry) -> sorted.put((String) key, entry));
            String comma = "";
            json.append('{');
            for (Map.Entry<String, Object> entry : sorted.entrySet()) {
                json.append(comma);
                quote(entry.getKey(), json);
                json.append(':');
                write(entry.getValue(), json);
                comma = ",";
            }
            json.append('}');
        } else if (value instanceof String || value instanceof Type.Time) {
            quote(Strings.of(value), json);
        } else if (value instanceof byte[] bytes) {
            quote(Base64.getEncoder().encodeToString(bytes), json);
        } else {
            json.append(Strings.of(value));
        }
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '"', '\\' -> json.append('\\').append(character);
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '<', '>', '&', '\u2028', '\u2029' -> escape(character, json);
                default -> {
                    if (character < ' ') {
                        escape(character, json);
                    } else {
                        json.append(character);
                    }
                }
            }
        }
        json.append('"');
    }

    private static void escape(char character, StringBuilder json) {
        json.append("\\u%04x".formatted((int) character));
    }

    /** The value of a JSON text; each number is a float. */
    static Object parse(String json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            Object value = value(parser);
            if (parser.nextToken() == null) {
                return value;
            }
        } catch (IOException wrong) {
            // Falls through, as what goes on behind its end.
        }
        throw new OttlEvaluationException("the string is not JSON");
    }

    private static Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new OttlEvaluationException("the string is not JSON");
        }
        return switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    map.put(key, value(parser));
                }
                yield map;
            }
            default -> null;
        };
    }
}
