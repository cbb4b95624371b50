package io.tailrace.sinks.inventory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes an array or object of JSON. */
@FunctionalInterface
public interface JsonValue {

    void write(JsonGenerator json) throws IOException;

    /** The same as a text. */
    default String text() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Factory.JSON.createGenerator(text)) {
            write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Writing to memory", impossible);
        }
        return text.toString();
    }

    /** Holds the one factory, which is costly to make. */
    final class Factory {
        private static final JsonFactory JSON = new JsonFactory();

        private Factory() {}
    }
}
