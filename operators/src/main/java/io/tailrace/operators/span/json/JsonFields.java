package io.tailrace.operators.span.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tailrace.operators.input.DeadLetter.Reason;

import java.io.IOException;
import java.util.Base64;
import java.util.Map;

/**
 * The values of JSON objects, each written as a protobuf field once its type and range are checked.
 *
 * <p>Numbers, texts and enums that are protobuf's default are left out unless a method says
 * otherwise.
 */
public final class JsonFields {

    /** As deep as protobuf's parsers go; Java's and C++'s refuse the next message. */
    private static final int MOST_DEPTH = 100;

    /** Of which there are so many nanoseconds that 64 bits just hold them. */
    private static final long MOST_MICROSECONDS = Long.divideUnsigned(-1L, 1000);

    private static final Map<String, Double> NOT_FINITE =
            Map.of(
                    "NaN", Double.NaN,
                    "Infinity", Double.POSITIVE_INFINITY,
                    "-Infinity", Double.NEGATIVE_INFINITY);

    private final JsonParser parser;
    private final ProtobufOutput output;
    private final DecimalNumber number = new DecimalNumber();

    public JsonFields(JsonParser parser, ProtobufOutput output) {
        this.parser = parser;
        this.output = output;
    }

    /** Copies the fields of an object up to its end. */
    @FunctionalInterface
    public interface Message {
        void copy() throws IOException, BadValueException;
    }

    /**
     * Moves on to the value of the next field that is not null.
     *
     * @return the field's name; null at the end of the object
     */
    public String next() throws IOException {
        String name = parser.nextFieldName();
        while (name != null && parser.nextToken() == JsonToken.VALUE_NULL) {
            name = parser.nextFieldName();
        }
        return name;
    }

    /** Whether the value at hand is null; only elements and members can be, for fields are not. */
    public boolean isNull() {
        return parser.hasToken(JsonToken.VALUE_NULL);
    }

    /** Passes over the value at hand. */
    public void skip() throws IOException {
        parser.skipChildren();
    }

    public void message(int field, Message message) throws IOException, BadValueException {
        expect(JsonToken.START_OBJECT, "an object");
        nested(field, message);
    }

    /** As {@link #message}, whatever the value at hand is in JSON. */
    public void nested(int field, Message message) throws IOException, BadValueException {
        if (output.depth() >= MOST_DEPTH) {
            throw bad("less than " + MOST_DEPTH + " messages around it");
        }
        int begin = output.begin(field);
        message.copy();
        output.end(begin);
    }

    public void messages(int field, Message message) throws IOException, BadValueException {
        expect(JsonToken.START_ARRAY, "an array");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!parser.hasToken(JsonToken.VALUE_NULL)) {
                message(field, message);
            }
        }
    }

    /** As {@link #messages}, but a null keeps its place: it becomes an empty message. */
    void messagesOrNulls(int field, Message message) throws IOException, BadValueException {
        expect(JsonToken.START_ARRAY, "an array");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.hasToken(JsonToken.VALUE_NULL)) {
                output.end(output.begin(field));
            } else {
                message(field, message);
            }
        }
    }

    public void text(int field) throws IOException, BadValueException {
        expect(JsonToken.VALUE_STRING, "text");
        if (parser.getTextLength() > 0) {
            writeText(field);
        }
    }

    /** Written even where it is empty. */
    public void presentText(int field) throws IOException, BadValueException {
        expect(JsonToken.VALUE_STRING, "text");
        writeText(field);
    }

    void texts(int field) throws IOException, BadValueException {
        expect(JsonToken.START_ARRAY, "an array");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!parser.hasToken(JsonToken.VALUE_NULL)) {
                presentText(field);
            }
        }
    }

    /**
     * Bytes in hexadecimal.
     *
     * @param size how many bytes
     * @param reason what to call anything that is not as many of them
     * @return whether there was one; an empty text is none, and is left out
     */
    public boolean id(int field, int size, Reason reason) throws IOException, BadValueException {
        expect(JsonToken.VALUE_STRING, "text");
        int digits = parser.getTextLength();
        if (digits == 0) {
            return false;
        }
        if (digits != 2 * size
                || !output.hexadecimal(
                        field, parser.getTextCharacters(), parser.getTextOffset(), size)) {
            throw bad(reason, 2 * size + " hexadecimal digits");
        }
        return true;
    }

    /**
     * The same, of an id that must not be zero.
     *
     * @param zero what to call one of zeros only
     */
    public boolean ownId(int field, int size, Reason invalid, Reason zero)
            throws IOException, BadValueException {
        boolean given = id(field, size, invalid);
        if (given && isZeros()) {
            throw bad(zero, "an id that is not all zeros");
        }
        return given;
    }

    private boolean isZeros() throws IOException {
        char[] text = parser.getTextCharacters();
        int end = parser.getTextOffset() + parser.getTextLength();
        for (int i = parser.getTextOffset(); i < end; i++) {
            if (text[i] != '0') {
                return false;
            }
        }
        return true;
    }

    void unsigned32(int field) throws IOException, BadValueException {
        long value = unsigned(Integer.SIZE);
        if (value != 0) {
            output.varint(field, value);
        }
    }

    void fixed32(int field) throws IOException, BadValueException {
        long value = unsigned(Integer.SIZE);
        if (value != 0) {
            output.fixed32(field, (int) value);
        }
    }

    void fixed64(int field) throws IOException, BadValueException {
        long value = unsigned(Long.SIZE);
        if (value != 0) {
            output.fixed64(field, value);
        }
    }

    public void signed32(int field) throws IOException, BadValueException {
        long value = signed(Integer.SIZE);
        if (value != 0) {
            output.varint(field, value);
        }
    }

    /** A whole number of microseconds, as nanoseconds of 64 bits. */
    public void microseconds(int field) throws IOException, BadValueException {
        if (!readNumber()
                || !number.fitsUnsigned(Long.SIZE)
                || Long.compareUnsigned(number.value(), MOST_MICROSECONDS) > 0) {
            throw bad("a whole number of microseconds from 0 to " + MOST_MICROSECONDS);
        }
        if (number.value() != 0) {
            output.fixed64(field, 1000 * number.value());
        }
    }

    /** Whether the number at hand is one that {@link #presentSigned} takes. */
    public boolean fitsSigned(int bits) throws IOException {
        return readNumber() && number.fitsSigned(bits);
    }

    /** Written even where it is 0. */
    public void presentSigned(int field, int bits) throws IOException, BadValueException {
        output.varint(field, signed(bits));
    }

    /**
     * An enum's number, which need not be a known one, or the name of a known one.
     *
     * @param numbers the known ones by name
     */
    void enumeration(int field, Map<String, Integer> numbers)
            throws IOException, BadValueException {
        long value;
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
            Integer named = numbers.get(parser.getText());
            if (named == null) {
                throw bad("a number or a known name");
            }
            value = named;
        } else {
            value = signed(Integer.SIZE);
        }
        if (value != 0) {
            output.varint(field, value);
        }
    }

    /** Written even where it is false. */
    public void presentBoolean(int field) throws IOException, BadValueException {
        if (!parser.currentToken().isBoolean()) {
            throw bad("true or false");
        }
        output.varint(field, parser.hasToken(JsonToken.VALUE_TRUE) ? 1 : 0);
    }

    /** Written even where it is 0. */
    public void presentDouble(int field) throws IOException, BadValueException {
        output.fixed64(field, Double.doubleToRawLongBits(doubleValue()));
    }

    /** Base64 of either alphabet, padded or not. Written even where it is empty. */
    void presentBytes(int field) throws IOException, BadValueException {
        expect(JsonToken.VALUE_STRING, "text");
        String text = parser.getText().replace('-', '+').replace('_', '/');
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw bad("base64");
        }
        output.bytes(field, bytes);
    }

    public void expect(JsonToken token, String words) throws IOException, BadValueException {
        if (!parser.hasToken(token)) {
            throw bad(words);
        }
    }

    private void writeText(int field) throws IOException {
        output.text(
                field, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    }

    private long unsigned(int bits) throws IOException, BadValueException {
        if (!readNumber() || !number.fitsUnsigned(bits)) {
            throw bad("a whole number from 0 to 2^" + bits + " - 1");
        }
        return number.value();
    }

    private long signed(int bits) throws IOException, BadValueException {
        if (!readNumber() || !number.fitsSigned(bits)) {
            throw bad("a whole number from -2^" + (bits - 1) + " to 2^" + (bits - 1) + " - 1");
        }
        return number.value();
    }

    private double doubleValue() throws IOException, BadValueException {
        Double value = null;
        if (readNumber()) {
            double finite = Double.parseDouble(parser.getText());
            value = Double.isFinite(finite) ? (Double) finite : null;
        } else if (parser.hasToken(JsonToken.VALUE_STRING)) {
            value = NOT_FINITE.get(parser.getText());
        }
        if (value == null) {
            throw bad("a number that a double holds, or NaN, Infinity or -Infinity as text");
        }
        return value;
    }

    /** A number may always be written as text: JSON's own are doubles to many writers. */
    private boolean readNumber() throws IOException {
        JsonToken token = parser.currentToken();
        return (token.isNumeric() || token == JsonToken.VALUE_STRING)
                && number.read(
                        parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    }

    private BadValueException bad(String expected) throws IOException {
        return BadValueException.expected(parser, expected);
    }

    private BadValueException bad(Reason reason, String expected) throws IOException {
        return BadValueException.expected(parser, reason, expected);
    }
}
