package io.tailrace.operators.span.json;

import io.tailrace.operators.input.DeadLetter.Reason;
import io.tailrace.operators.span.OtlpNames;

import java.io.IOException;
import java.util.Map;

/** {@code Span} with its events, links and status. */
final class SpanFields {

    private static final int TRACE_ID_SIZE = 16;
    private static final int SPAN_ID_SIZE = 8;

    private static final Map<String, Integer> KINDS = OtlpNames.numbers(OtlpNames.SPAN_KINDS);
    private static final Map<String, Integer> STATUS_CODES =
            OtlpNames.numbers(OtlpNames.STATUS_CODES);

    private final JsonFields fields;
    private final AttributeFields attributes;
    private final JsonFields.Message event = this::event;
    private final JsonFields.Message link = this::link;
    private final JsonFields.Message status = this::status;

    SpanFields(JsonFields fields, AttributeFields attributes) {
        this.fields = fields;
        this.attributes = attributes;
    }

    void span() throws IOException, BadValueException {
        boolean traceId = false;
        boolean spanId = false;
        for (String name = fields.next(); name != null; name = fields.next()) {
            switch (name) {
                case "traceId" ->
                        traceId |=
                                fields.ownId(
                                        1,
                                        TRACE_ID_SIZE,
                                        Reason.INVALID_TRACE_ID,
                                        Reason.ZERO_TRACE_ID);
                case "spanId" ->
                        spanId |=
                                fields.ownId(
                                        2,
                                        SPAN_ID_SIZE,
                                        Reason.INVALID_SPAN_ID,
                                        Reason.ZERO_SPAN_ID);
                case "traceState" -> fields.text(3);
                case "parentSpanId" -> fields.id(4, SPAN_ID_SIZE, Reason.INVALID_PARENT_SPAN_ID);
                case "name" -> fields.text(5);
                case "kind" -> fields.enumeration(6, KINDS);
                case "startTimeUnixNano" -> fields.fixed64(7);
                case "endTimeUnixNano" -> fields.fixed64(8);
                case "attributes" -> attributes.attributes(9);
                case "droppedAttributesCount" -> fields.unsigned32(10);
                case "events" -> fields.messages(11, event);
                case "droppedEventsCount" -> fields.unsigned32(12);
                case "links" -> fields.messages(13, link);
                case "droppedLinksCount" -> fields.unsigned32(14);
                case "status" -> fields.message(15, status);
                case "flags" -> fields.fixed32(16);
                default -> fields.skip();
            }
        }
        if (!traceId) {
            throw new BadValueException(Reason.INVALID_TRACE_ID, "a span without traceId");
        }
        if (!spanId) {
            throw new BadValueException(Reason.INVALID_SPAN_ID, "a span without spanId");
        }
    }

    private void event() throws IOException, BadValueException {
        for (String name = fields.next(); name != null; name = fields.next()) {
            switch (name) {
                case "timeUnixNano" -> fields.fixed64(1);
                case "name" -> fields.text(2);
                case "attributes" -> attributes.attributes(3);
                case "droppedAttributesCount" -> fields.unsigned32(4);
                default -> fields.skip();
            }
        }
    }

    private void link() throws IOException, BadValueException {
        for (String name = fields.next(); name != null; name = fields.next()) {
            switch (name) {
                case "traceId" -> fields.id(1, TRACE_ID_SIZE, Reason.INVALID_LINK_ID);
                case "spanId" -> fields.id(2, SPAN_ID_SIZE, Reason.INVALID_LINK_ID);
                case "traceState" -> fields.text(3);
                case "attributes" -> attributes.attributes(4);
                case "droppedAttributesCount" -> fields.unsigned32(5);
                case "flags" -> fields.fixed32(6);
                default -> fields.skip();
            }
        }
    }

    private void status() throws IOException, BadValueException {
        for (String name = fields.next(); name != null; name = fields.next()) {
            switch (name) {
                case "message" -> fields.text(2);
                case "code" -> fields.enumeration(3, STATUS_CODES);
                default -> fields.skip();
            }
        }
    }
}
