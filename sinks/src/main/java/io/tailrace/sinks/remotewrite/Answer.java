package io.tailrace.sinks.remotewrite;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/**
 * What a server said.
 *
 * @param words its text in one line, cut where it is long
 * @param retryAfter how long it wants to be left alone; null where it does not say
 */
record Answer(int status, String words, Duration retryAfter) {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int MOST_WORDS = 300;

    static Answer of(HttpResponse<String> response) {
        String text = response.body().strip().replaceAll("\\s+", " ");
        return new Answer(
                response.statusCode(),
                text.length() <= MOST_WORDS ? text : text.substring(0, MOST_WORDS) + "...",
                response.headers().firstValue("Retry-After").map(Answer::duration).orElse(null));
    }

    /** Seconds, or a date (RFC 9110, section 10.2.3); null where it is neither. */
    private static Duration duration(String value) {
        try {
            if (value.matches("[0-9]{1,9}")) {
                return Duration.ofSeconds(Long.parseLong(value));
            }
            Instant until =
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration left = Duration.between(Instant.now(), until);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeParseException neither) {
            return null;
        }
    }

    boolean isGood() {
        return status >= 200 && status < 300;
    }

    /** Whether the same request may be taken later. */
    boolean isPassing() {
        return status == TOO_MANY_REQUESTS || status >= 500;
    }

    /** Whether it may be that only a part of the request cannot be taken. */
    boolean mayConcernAPart() {
        // Bad request; content too large; unprocessable content.
        return status == 400 || status == 413 || status == 422;
    }
}
