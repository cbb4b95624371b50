package io.tailrace.operators.input;

import io.tailrace.operators.serialization.ValueTypeInformation;

import java.util.Arrays;

/**
 * Something that could not be used, with the reason, so that it neither crashes the job nor
 * vanishes.
 *
 * @param reason what is wrong, one of a few
 * @param error what is wrong, in words; at most {@value #MOST_ERROR} characters
 * @param origin where it was read
 * @param payload the bad part only, its first {@value #MOST_PAYLOAD} bytes
 * @param payloadBytes the bad part's whole size
 */
public record DeadLetter(
        Reason reason, String error, Origin origin, byte[] payload, long payloadBytes) {

    public static final int MOST_PAYLOAD = 256 * 1024;
    public static final int MOST_ERROR = 1000;

    /** Dead letters that one record may give; the others are only counted. */
    public static final int MOST_PER_RECORD = 100;

    public static final ValueTypeInformation<DeadLetter> TYPE =
            new ValueTypeInformation<>(DeadLetter.class, new DeadLetterSerializer());

    /** Why something could not be used; metrics count by it, so its names are for good. */
    public enum Reason {
        /** A record without a value. */
        EMPTY_RECORD,
        /** What follows in a file that is damaged or cut off. */
        UNREADABLE_FILE,
        /** A record larger than the spec allows. */
        RECORD_TOO_LARGE,
        /** Not JSON, or cut off. */
        MALFORMED_JSON,
        /** Not protobuf, or cut off. */
        MALFORMED_PROTOBUF,
        /** JSON, but not as OTLP wants it: a text where an object belongs, and the like. */
        UNEXPECTED_VALUE,
        ZERO_TRACE_ID,
        INVALID_TRACE_ID,
        ZERO_SPAN_ID,
        INVALID_SPAN_ID,
        INVALID_PARENT_SPAN_ID,
        INVALID_LINK_ID,
        /** A span that is larger than a sink's largest message. */
        SPAN_TOO_LARGE,
        /** A row that a table never takes. */
        ROW_REFUSED
    }

    /** A dead letter whose payload and error are cut to what one may hold. */
    public static DeadLetter of(Reason reason, String error, Origin origin, byte[] payload) {
        return of(reason, error, origin, payload, 0, payload.length);
    }

    /** The same, of the bytes from {@code from} up to {@code to}. */
    public static DeadLetter of(
            Reason reason, String error, Origin origin, byte[] bytes, int from, int to) {
        byte[] kept = Arrays.copyOfRange(bytes, from, Math.min(to, from + MOST_PAYLOAD));
        return new DeadLetter(reason, cut(error), origin, kept, to - (long) from);
    }

    public boolean truncated() {
        return payload.length < payloadBytes;
    }

    /** Never through the middle of a character, which no encoding could write. */
    private static String cut(String error) {
        if (error.length() <= MOST_ERROR) {
            return error;
        }
        boolean inCharacter = Character.isHighSurrogate(error.charAt(MOST_ERROR - 1));
        return error.substring(0, inCharacter ? MOST_ERROR - 1 : MOST_ERROR);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeadLetter that
                && reason == that.reason
                && error.equals(that.error)
                && origin.equals(that.origin)
                && payloadBytes == that.payloadBytes
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(payload) * 31 + origin.hashCode();
    }
}
