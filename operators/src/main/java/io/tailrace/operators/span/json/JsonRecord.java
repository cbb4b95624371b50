package io.tailrace.operators.span.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.google.protobuf.UnsafeByteOperations;
import io.tailrace.operators.input.DeadLetter.Reason;
import io.tailrace.operators.input.UnreadableException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A record that is one JSON object in UTF-8; what is not, is told with the byte where it ends. */
public final class JsonRecord {

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            // A record's size is bounded where it is read, and with it that of
                            // texts and numbers; nesting takes memory of its own.
                            StreamReadConstraints.builder()
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .maxNestingDepth(10_000)
                                    .build())
                    // Senders choose the names, and interned ones are for the whole process.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build();

    private JsonRecord() {}

    /** Reads the object whose opening brace is at hand. */
    @FunctionalInterface
    public interface Content {
        /**
         * @throws BadValueException the record as a whole is unusable
         */
        void read(JsonParser parser) throws IOException, BadValueException;
    }

    /**
     * @throws UnreadableException not one JSON object ({@code MALFORMED_JSON}), or one that is
     *     unusable as a whole, with the content's reason
     */
    public static void read(byte[] json, Content content) throws UnreadableException {
        requireUtf8(json);
        try (JsonParser parser = FACTORY.createParser(json)) {
            read(parser, content);
        } catch (JsonProcessingException e) {
            throw malformed(words(e), offset(e.getLocation(), json));
        } catch (IOException e) {
            throw malformed("not JSON", 0);
        }
    }

    private static void read(JsonParser parser, Content content)
            throws IOException, UnreadableException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw malformed("no text", 0);
        }
        if (first != JsonToken.START_OBJECT) {
            throw malformed("not an object", parser.currentTokenLocation().getByteOffset());
        }
        BadValueException unusable = null;
        try {
            content.read(parser);
        } catch (BadValueException bad) {
            unusable = bad;
            // What is no JSON at all is called so, wherever the fault is.
            while (!parser.getParsingContext().inRoot()) {
                parser.nextToken();
            }
        }
        if (parser.nextToken() != null) {
            throw malformed(
                    "text behind the object", parser.currentTokenLocation().getByteOffset());
        }
        if (unusable != null) {
            throw new UnreadableException(unusable.reason(), unusable.getMessage());
        }
    }

    /** The JSON parser lets some invalid UTF-8 pass, and guesses other encodings. */
    private static void requireUtf8(byte[] json) throws UnreadableException {
        if (!UnsafeByteOperations.unsafeWrap(json).isValidUtf8()) {
            throw malformed("not UTF-8", firstNotUtf8(json));
        }
        boolean guessed = json.length > 0 && (json[0] <= 0 || (json.length > 1 && json[1] == 0));
        if (guessed) {
            throw malformed("not an object", 0);
        }
    }

    private static int firstNotUtf8(byte[] json) {
        ByteBuffer rest = ByteBuffer.wrap(json);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(rest);
        } catch (CharacterCodingException e) {
            // The decoder stops where the bad bytes begin.
        }
        return rest.position();
    }

    private static String words(JsonProcessingException e) {
        if (e instanceof JsonEOFException) {
            return "cut off";
        }
        String message = e.getOriginalMessage();
        // What follows tells lines and columns, which mean nothing in a record.
        int end = message.indexOf(" (for ");
        return end < 0 ? message : message.substring(0, end);
    }

    private static long offset(JsonLocation location, byte[] json) {
        return location == null || location.getByteOffset() < 0
                ? json.length
                : location.getByteOffset();
    }

    private static UnreadableException malformed(String words, long offset) {
        return new UnreadableException(
                Reason.MALFORMED_JSON, "Malformed JSON at byte " + offset + ": " + words);
    }
}
