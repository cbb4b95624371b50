package io.tailrace.operators.span.bkjson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tailrace.operators.input.DeadLetter.Reason;
import io.tailrace.operators.span.json.BadValueException;
import io.tailrace.operators.span.json.JsonFields;
import io.tailrace.operators.span.json.ProtobufOutput;

import java.io.IOException;

/** An item: a span with its events, links and status, and its resource. */
final class ItemFields {

    private static final int TRACE_ID_SIZE = 16;
    private static final int SPAN_ID_SIZE = 8;

    /** How deep a span and a resource are in a request. */
    private static final int SPAN_DEPTH = 3;

    private static final int RESOURCE_DEPTH = 2;

    private final ProtobufOutput span;
    private final ProtobufOutput resource;
    private final JsonFields fields;
    private final AttributeMembers attributes;
    private final AttributeMembers resourceAttributes;
    private final JsonFields.Message event = this::event;
    private final JsonFields.Message link = this::link;

    ItemFields(JsonParser parser, ProtobufOutput span, ProtobufOutput resource) {
        this.span = span;
        this.resource = resource;
        fields = new JsonFields(parser, span);
        attributes = new AttributeMembers(parser, span, fields);
        resourceAttributes =
                new AttributeMembers(parser, resource, new JsonFields(parser, resource));
    }

    /** Copies the value at hand into the two outputs, in place of what they held. */
    void copy() throws IOException, BadValueException {
        span.cut(0, SPAN_DEPTH);
        resource.cut(0, RESOURCE_DEPTH);
        fields.expect(JsonToken.START_OBJECT, "an object");
        boolean traceId = false;
        boolean spanId = false;
        for (String name = fields.next(); name != null; name = fields.next()) {
            switch (name) {
                case "trace_id" ->
                        traceId |=
                                fields.ownId(
                                        1,
                                        TRACE_ID_SIZE,
                                        Reason.INVALID_TRACE_ID,
                                        Reason.ZERO_TRACE_ID);
                case "span_id" ->
                        spanId |=
                                fields.ownId(
                                        2,
                                        SPAN_ID_SIZE,
                                        Reason.INVALID_SPAN_ID,
                                        Reason.ZERO_SPAN_ID);
                case "trace_state" -> fields.text(3);
                case "parent_span_id" -> fields.id(4, SPAN_ID_SIZE, Reason.INVALID_PARENT_SPAN_ID);
                case "span_name" -> fields.text(5);
                case "kind" -> fields.signed32(6);
                case "start_time" -> fields.microseconds(7);
                case "end_time" -> fields.microseconds(8);
                case "attributes" -> attributes.all(9);
                case "events" -> fields.messages(11, event);
                case "links" -> fields.messages(13, link);
                case "status" -> statusUnlessEmpty();
                case "resource" -> resourceAttributes.all(1);
                case "elapsed_time", "time", "datatime" -> fields.skip();
                default -> attributes.one(9);
            }
        }
        if (!traceId) {
            throw new BadValueException(Reason.INVALID_TRACE_ID, "a span without trace_id");
        }
        if (!spanId) {
            throw new BadValueException(Reason.INVALID_SPAN_ID, "a span without span_id");
        }
    }

    private void event() throws IOException, BadValueException {
        for (String name = fields.next(); name != null; name = fields.next()) {
            switch (name) {
                case "timestamp" -> fields.microseconds(1);
                case "name" -> fields.text(2);
                case "attributes" -> attributes.all(3);
                default -> attributes.one(3);
            }
        }
    }

    private void link() throws IOException, BadValueException {
        for (String name = fields.next(); name != null; name = fields.next()) {
            switch (name) {
                case "trace_id" -> fields.id(1, TRACE_ID_SIZE, Reason.INVALID_LINK_ID);
                case "span_id" -> fields.id(2, SPAN_ID_SIZE, Reason.INVALID_LINK_ID);
                case "trace_state" -> fields.text(3);
                case "attributes" -> attributes.all(4);
                default -> attributes.one(4);
            }
        }
    }

    /** Here a status is always there; in OTLP one that says nothing is left out. */
    private void statusUnlessEmpty() throws IOException, BadValueException {
        int before = span.length();
        int begin = span.begin(15);
        int empty = span.length();
        fields.expect(JsonToken.START_OBJECT, "an object");
        status();
        boolean says = span.length() > empty;
        span.end(begin);
        if (!says) {
            span.cut(before, SPAN_DEPTH);
        }
    }

    private void status() throws IOException, BadValueException {
        for (String name = fields.next(); name != null; name = fields.next()) {
            switch (name) {
                case "message" -> fields.text(2);
                case "code" -> fields.signed32(3);
                default -> fields.skip();
            }
        }
    }
}
