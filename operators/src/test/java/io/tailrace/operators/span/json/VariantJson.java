package io.tailrace.operators.span.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * OTLP/JSON as other writers might put it: made from protobuf's own description of the messages,
 * with shuffled and unknown keys, nulls, defaults written out, numbers as text or not, enums by
 * name, upper-case ids, escapes and white space wherever JSON has room for them.
 */
final class VariantJson {

    private static final Set<String> IDS = Set.of("traceId", "spanId", "parentSpanId");
    private static final List<String> STRANGE =
            List.of(
                    "null",
                    "{}",
                    "[]",
                    "[1,[{\"spans\":[{}]}],\"]}\"]",
                    "{\"name\":{\"name\":1}}",
                    "\"\\\"}\"",
                    "1e9999",
                    "-0.0",
                    "true");

    private final Random random;

    VariantJson(Random random) {
        this.random = random;
    }

    String write(Message message) {
        List<String> entries = new ArrayList<>();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            boolean present =
                    field.isRepeated()
                            ? message.getRepeatedFieldCount(field) > 0
                            : message.hasField(field);
            if (present) {
                entries.add(entry(field.getJsonName(), field(field, message.getField(field))));
            } else if (random.nextInt(20) == 0) {
                entries.add(entry(field.getJsonName(), absent(field)));
            }
        }
        while (random.nextInt(10) == 0) {
            entries.add(entry("unknown" + random.nextInt(), pick(STRANGE)));
        }
        Collections.shuffle(entries, random);
        return "{" + space() + String.join("," + space(), entries) + space() + "}";
    }

    private String entry(String name, String value) {
        return quote(name) + space() + ":" + space() + value;
    }

    private String absent(FieldDescriptor field) {
        if (field.isRepeated()) {
            // In an array of any values, a null is a value.
            boolean nullCounts = field.getJsonName().equals("values");
            return pick(List.of("[]", "null", nullCounts ? "[ ]" : "[ null ]"));
        }
        if (field.getContainingOneof() != null) {
            return "null";
        }
        return switch (field.getJavaType()) {
            case STRING, BYTE_STRING -> pick(List.of("\"\"", "null"));
            case INT, LONG, ENUM -> pick(List.of("0", "null", "-0.0"));
            case MESSAGE, BOOLEAN, FLOAT, DOUBLE -> "null";
        };
    }

    private String field(FieldDescriptor field, Object value) {
        if (!field.isRepeated()) {
            return single(field, value);
        }
        List<String> elements = new ArrayList<>();
        for (Object element : (List<?>) value) {
            elements.add(single(field, element));
        }
        return "[" + space() + String.join(space() + ",", elements) + space() + "]";
    }

    private String single(FieldDescriptor field, Object value) {
        return switch (field.getJavaType()) {
            case MESSAGE -> write((Message) value);
            case STRING -> quote((String) value);
            case BOOLEAN -> value.toString();
            case ENUM -> enumeration((EnumValueDescriptor) value);
            case BYTE_STRING -> bytes(field.getJsonName(), (ByteString) value);
            case FLOAT, DOUBLE -> decimal((Double) value);
            case INT -> whole(isUnsigned(field), ((Integer) value).longValue(), 32);
            case LONG -> whole(isUnsigned(field), (Long) value, 64);
        };
    }

    private static boolean isUnsigned(FieldDescriptor field) {
        return switch (field.getType()) {
            case UINT32, FIXED32, FIXED64 -> true;
            default -> false;
        };
    }

    private String whole(boolean unsigned, long value, int bits) {
        BigInteger number = BigInteger.valueOf(value);
        if (unsigned && value < 0) {
            number = number.add(BigInteger.ONE.shiftLeft(bits));
        }
        return maybeText(
                switch (random.nextInt(5)) {
                    case 0 -> number + ".000";
                    case 1 -> number.signum() == 0 ? "0e-7" : number + "000e-3";
                    case 2 -> number + ".0E+00";
                    case 3 -> shifted(number);
                    default -> number.toString();
                });
    }

    /** 12 as 0.0012E4. */
    private static String shifted(BigInteger number) {
        String digits = number.abs().toString();
        return (number.signum() < 0 ? "-" : "") + "0.00" + digits + "E" + (digits.length() + 2);
    }

    private String decimal(double value) {
        return Double.isFinite(value) ? maybeText(Double.toString(value)) : "\"" + value + "\"";
    }

    private String maybeText(String number) {
        return random.nextBoolean() ? number : "\"" + number + "\"";
    }

    private String enumeration(EnumValueDescriptor value) {
        boolean known = value.getIndex() >= 0;
        return known && random.nextBoolean()
                ? "\"" + value.getName() + "\""
                : Integer.toString(value.getNumber());
    }

    private String bytes(String name, ByteString value) {
        byte[] bytes = value.toByteArray();
        if (IDS.contains(name)) {
            String id = HexFormat.of().formatHex(bytes);
            return quote(random.nextBoolean() ? id : id.toUpperCase(Locale.ROOT));
        }
        Base64.Encoder encoder =
                random.nextBoolean() ? Base64.getEncoder() : Base64.getUrlEncoder();
        return quote(
                (random.nextBoolean() ? encoder : encoder.withoutPadding()).encodeToString(bytes));
    }

    private String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        boolean escapes = random.nextInt(4) == 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\' || (escapes && random.nextInt(4) == 0)) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else if (escapes && Character.isSurrogate(c)) {
                // Half a pair as it is and half of it escaped would not be UTF-8.
                quoted.append(String.format("\\u%04X", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private String space() {
        return random.nextInt(10) == 0 ? pick(List.of(" ", "\t", "\r\n", "  \n")) : "";
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
