package io.tailrace.operators.span.json;

import com.fasterxml.jackson.core.JsonParser;

import java.io.IOException;

/** An export request down to its spans. */
final class RequestFields {

    private final JsonFields fields;
    private final AttributeFields attributes;
    private final JsonFields.Message resourceSpans = this::resourceSpans;
    private final JsonFields.Message resource = this::resource;
    private final JsonFields.Message entityRef = this::entityRef;
    private final JsonFields.Message scopeSpans = this::scopeSpans;
    private final JsonFields.Message scope = this::scope;
    private final JsonFields.Message span;
    private final SoundElements elements;

    RequestFields(JsonParser parser, ProtobufOutput output, SoundElements elements) {
        this.elements = elements;
        fields = new JsonFields(parser, output);
        attributes = new AttributeFields(fields);
        span = new SpanFields(fields, attributes)::span;
    }

    /**
     * Copies the request whose opening brace is at hand, up to its end.
     *
     * @throws BadValueException the request as a whole is unusable
     */
    void request() throws IOException, BadValueException {
        for (String name = fields.next(); name != null; name = fields.next()) {
            if (name.equals("resourceSpans")) {
                sound(1, resourceSpans);
            } else {
                fields.skip();
            }
        }
    }

    private void sound(int field, JsonFields.Message message)
            throws IOException, BadValueException {
        elements.each(
                () -> {
                    if (!fields.isNull()) {
                        fields.message(field, message);
                    }
                });
    }

    private void resourceSpans() throws IOException, BadValueException {
        for (String name = fields.next(); name != null; name = fields.next()) {
            switch (name) {
                case "resource" -> fields.message(1, resource);
                case "scopeSpans" -> sound(2, scopeSpans);
                case "schemaUrl" -> fields.text(3);
                default -> fields.skip();
            }
        }
    }

    private void resource() throws IOException, BadValueException {
        for (String name = fields.next(); name != null; name = fields.next()) {
            switch (name) {
                case "attributes" -> attributes.attributes(1);
                case "droppedAttributesCount" -> fields.unsigned32(2);
                case "entityRefs" -> fields.messages(3, entityRef);
                default -> fields.skip();
            }
        }
    }

    private void entityRef() throws IOException, BadValueException {
        for (String name = fields.next(); name != null; name = fields.next()) {
            switch (name) {
                case "schemaUrl" -> fields.text(1);
                case "type" -> fields.text(2);
                case "idKeys" -> fields.texts(3);
                case "descriptionKeys" -> fields.texts(4);
                default -> fields.skip();
            }
        }
    }

    private void scopeSpans() throws IOException, BadValueException {
        for (String name = fields.next(); name != null; name = fields.next()) {
            switch (name) {
                case "scope" -> fields.message(1, scope);
                case "spans" -> sound(2, span);
                case "schemaUrl" -> fields.text(3);
                default -> fields.skip();
            }
        }
    }

    private void scope() throws IOException, BadValueException {
        for (String name = fields.next(); name != null; name = fields.next()) {
            switch (name) {
                case "name" -> fields.text(1);
                case "version" -> fields.text(2);
                case "attributes" -> attributes.attributes(3);
                case "droppedAttributesCount" -> fields.unsigned32(4);
                default -> fields.skip();
            }
        }
    }
}
