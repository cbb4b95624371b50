package io.tailrace.operators.span.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tailrace.operators.input.DeadLetter.Reason;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An export request down to its spans, and what of it had to be left out. */
final class RequestFields {

    private final JsonParser parser;
    private final ProtobufOutput output;
    private final JsonFields fields;
    private final AttributeFields attributes;
    private final JsonFields.Message resourceSpans = this::resourceSpans;
    private final JsonFields.Message resource = this::resource;
    private final JsonFields.Message entityRef = this::entityRef;
    private final JsonFields.Message scopeSpans = this::scopeSpans;
    private final JsonFields.Message scope = this::scope;
    private final JsonFields.Message span;
    private final List<Rejected> rejected = new ArrayList<>();

    RequestFields(JsonParser parser, ProtobufOutput output) {
        this.parser = parser;
        this.output = output;
        fields = new JsonFields(parser, output);
        attributes = new AttributeFields(fields);
        span = new SpanFields(fields, attributes)::span;
    }

    /** A part from byte {@code from} up to byte {@code to} of the input. */
    record Rejected(Reason reason, String error, int from, int to) {}

    List<Rejected> rejected() {
        return rejected;
    }

    /**
     * Copies the request whose opening brace is at hand, up to its end.
     *
     * @throws BadValueException the request as a whole is unusable, and its end is reached
     */
    void request() throws IOException, BadValueException {
        BadValueException unusable = null;
        for (String name = fields.next(); name != null; name = fields.next()) {
            if (name.equals("resourceSpans")) {
                try {
                    good(1, resourceSpans);
                } catch (BadValueException bad) {
                    unusable = bad;
                    fields.skip();
                }
            } else {
                fields.skip();
            }
        }
        if (unusable != null) {
            throw unusable;
        }
    }

    /** The elements of an array without the bad ones, which are rejected. */
    private void good(int field, JsonFields.Message message) throws IOException, BadValueException {
        fields.expect(JsonToken.START_ARRAY, "an array");
        int nesting = nesting();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.hasToken(JsonToken.VALUE_NULL)) {
                continue;
            }
            long from = parser.currentTokenLocation().getByteOffset();
            int length = output.length();
            int depth = output.depth();
            int before = rejected.size();
            try {
                fields.message(field, message);
            } catch (BadValueException bad) {
                output.cut(length, depth);
                // What was rejected inside of it goes with it.
                rejected.subList(before, rejected.size()).clear();
                while (nesting() > nesting) {
                    parser.nextToken();
                }
                // A text is only read to its end when somebody asks for it.
                parser.finishToken();
                long to = parser.currentLocation().getByteOffset();
                rejected.add(new Rejected(bad.reason(), bad.getMessage(), (int) from, (int) to));
            }
        }
    }

    private int nesting() {
        return parser.getParsingContext().getNestingDepth();
    }

    private void resourceSpans() throws IOException, BadValueException {
        for (String name = fields.next(); name != null; name = fields.next()) {
            switch (name) {
                case "resource" -> fields.message(1, resource);
                case "scopeSpans" -> good(2, scopeSpans);
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
                case "spans" -> good(2, span);
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
