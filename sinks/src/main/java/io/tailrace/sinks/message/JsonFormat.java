package io.tailrace.sinks.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * How one kind of record is written as a JSON object on one line.
 *
 * @param <T> the record
 */
@FunctionalInterface
public interface JsonFormat<T> extends Serializable {

    /** Writes the members; the braces are written around them. */
    void write(T record, JsonGenerator json) throws IOException;

    /** The object as UTF-8, without a line's end. */
    default byte[] toBytes(T record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = Factory.JSON.createGenerator(bytes)) {
            json.writeStartObject();
            write(record, json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("Writing to memory", impossible);
        }
        return bytes.toByteArray();
    }

    /** Holds the one factory, which is costly to make. */
    final class Factory {
        private static final JsonFactory JSON = new JsonFactory();

        private Factory() {}
    }
}
