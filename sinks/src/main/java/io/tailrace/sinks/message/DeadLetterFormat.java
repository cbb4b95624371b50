package io.tailrace.sinks.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Origin;

import java.io.IOException;
import java.util.Locale;

/** A dead letter as JSON. */
public final class DeadLetterFormat implements JsonFormat<DeadLetter> {

    private static final long serialVersionUID = 1L;

    @Override
    public void write(DeadLetter letter, JsonGenerator json) throws IOException {
        Origin origin = letter.origin();
        json.writeStringField("reason", letter.reason().name().toLowerCase(Locale.ROOT));
        json.writeStringField("error", letter.error());
        json.writeStringField("topic", origin.topic());
        if (origin.partition() == null) {
            json.writeNullField("partition");
        } else {
            json.writeNumberField("partition", origin.partition());
        }
        if (origin.offset() == null) {
            json.writeNullField("offset");
        } else {
            json.writeNumberField("offset", origin.offset());
        }
        json.writeFieldName("payload_base64");
        json.writeBinary(letter.payload());
        json.writeNumberField("payload_bytes", letter.payloadBytes());
        json.writeBooleanField("truncated", letter.truncated());
    }
}
