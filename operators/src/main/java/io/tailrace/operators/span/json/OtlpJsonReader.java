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
import io.tailrace.operators.input.Rejects;
import io.tailrace.operators.input.UnreadableException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Turns an export request in OTLP/JSON into the same request in protobuf, without objects between
 * them.
 *
 * <p>The mapping is that of the OTLP specification ("JSON Protobuf Encoding"): ids in hexadecimal
 * of either case, 64-bit numbers as text or number, enums as number or name, keys in lower camel
 * case; unknown keys are passed over, null is absent. A null inside an {@code arrayValue} keeps its
 * place as an empty value. Of a key that comes twice in an object, the last one that is not the
 * default wins; arrays and objects are merged.
 *
 * <p>A bad span is left out and rejected with its bytes. Anything bad around the spans leaves out
 * the whole element of {@code scopeSpans}, else of {@code resourceSpans}, that it is in, rejected
 * as one. Ids of zeros are let pass, and links without ids.
 *
 * <p>Not safe for use by several threads.
 */
public final class OtlpJsonReader {

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            // A record's size is bounded where it is read, and with it all of
                            // these;
                            // nesting takes memory of its own.
                            StreamReadConstraints.builder()
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .maxNestingDepth(10_000)
                                    .build())
                    // Senders choose the names, and interned ones are for the whole process.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build();

    private final ProtobufOutput output = new ProtobufOutput();

    /**
     * @param json the text of one request, in UTF-8
     * @param rejects takes what had to be left out, in the order of the text, once all of it is
     *     read
     * @return the {@code ExportTraceServiceRequest}, in an array of its own
     * @throws UnreadableException not one JSON object ({@code MALFORMED_JSON}), or one whose {@code
     *     resourceSpans} are no array ({@code UNEXPECTED_VALUE}); nothing was rejected then
     */
    public byte[] read(byte[] json, Rejects rejects) throws UnreadableException {
        requireUtf8(json);
        output.cut(0, 0);
        RequestFields request;
        try (JsonParser parser = FACTORY.createParser(json)) {
            request = new RequestFields(parser, output);
            copy(parser, request);
        } catch (JsonProcessingException e) {
            throw malformed(words(e), offset(e.getLocation(), json));
        } catch (IOException e) {
            throw malformed("not JSON", 0);
        }
        for (RequestFields.Rejected part : request.rejected()) {
            rejects.reject(part.reason(), part.error(), json, part.from(), part.to());
        }
        return output.toByteArray();
    }

    private static void copy(JsonParser parser, RequestFields request)
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
            request.request();
        } catch (BadValueException bad) {
            unusable = bad;
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
