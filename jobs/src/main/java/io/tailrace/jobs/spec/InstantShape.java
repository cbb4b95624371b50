package io.tailrace.jobs.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** A moment in ISO 8601, with its offset. */
record InstantShape() implements ScalarShape {

    @Override
    public Object read(String text) throws UnfitException {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new UnfitException(suggestion(text));
        }
    }

    /** Most likely only the offset is missing. */
    private static String suggestion(String text) {
        String candidate = text.replace(' ', 'T') + "Z";
        try {
            return Instant.parse(candidate).toString().isEmpty() ? "" : candidate;
        } catch (DateTimeException e) {
            return "";
        }
    }

    @Override
    public String noun() {
        return "a moment";
    }

    @Override
    public String name() {
        return "moment";
    }

    @Override
    public String expected() {
        return "a moment such as 2026-01-01T00:00:00Z";
    }

    @Override
    public void describe(ObjectNode schema, Rules rules) {
        schema.putArray("type").add("string");
        schema.put(
                "pattern",
                References.orReference(
                        "[-+]?[0-9]{4,}-[0-9]{2}-[0-9]{2}[Tt][0-9:.]+([Zz]|[-+][0-9:]+)"));
    }
}
