package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.UnreadableException;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import static io.tailrace.operators.span.wire.WireReader.FIXED32;
import static io.tailrace.operators.span.wire.WireReader.FIXED64;
import static io.tailrace.operators.span.wire.WireReader.LENGTH;
import static io.tailrace.operators.span.wire.WireReader.VARINT;

/**
 * One span, read from its bytes without making objects: one pass checks all of it, as {@link
 * OtlpChecker} does, and finds the fields; events are looked into only when asked. A view that
 * moves: it holds until the next {@link #read}.
 */
public final class SpanView {

    static final int TRACE_STATE = 3;

    private static final int TRACE_ID = 1 << 3 | LENGTH;
    private static final int SPAN_ID = 2 << 3 | LENGTH;
    private static final int TRACE_STATE_TEXT = TRACE_STATE << 3 | LENGTH;
    private static final int PARENT_SPAN_ID = 4 << 3 | LENGTH;
    private static final int NAME = 5 << 3 | LENGTH;
    private static final int KIND = 6 << 3 | VARINT;
    private static final int START = 7 << 3 | FIXED64;
    private static final int END = 8 << 3 | FIXED64;
    private static final int ATTRIBUTES = 9 << 3 | LENGTH;
    private static final int DROPPED_ATTRIBUTES = 10 << 3 | VARINT;
    private static final int EVENTS = 11 << 3 | LENGTH;
    private static final int DROPPED_EVENTS = 12 << 3 | VARINT;
    private static final int LINKS = 13 << 3 | LENGTH;
    private static final int DROPPED_LINKS = 14 << 3 | VARINT;
    private static final int STATUS = 15 << 3 | LENGTH;
    private static final int FLAGS = 16 << 3 | FIXED32;

    private static final int TRACE_ID_LENGTH = 16;
    private static final int SPAN_ID_LENGTH = 8;
    private static final int NONE = -1;
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final OtlpChecker checker = new OtlpChecker();
    private final WireReader reader = new WireReader();
    private final WireReader inner = new WireReader();
    private final Attributes attributes = new Attributes();
    private final Attributes eventAttributes = new Attributes();
    private final LinkView link = new LinkView();
    private final Fields events = new Fields();
    private final Fields links = new Fields();
    private final TextField name = new TextField();
    private final TextField traceState = new TextField();
    private final TextField statusMessage = new TextField();
    private final TextField eventName = new TextField();

    private long reading;
    private byte[] bytes;
    private int traceIdFrom;
    private int traceIdLength;
    private int spanIdFrom;
    private int spanIdLength;
    private int parentFrom;
    private int parentLength;
    private int kind;
    private long start;
    private long end;
    private int statusCode;
    private int flags;
    private long droppedAttributes;
    private long droppedEvents;
    private long droppedLinks;
    private int eventAtHand;
    private long eventTime;
    private long eventDroppedAttributes;

    /**
     * Moves to the span in {@code bytes[from..to)}.
     *
     * @throws UnreadableException with the first thing for which a parser would refuse these bytes
     */
    public SpanView read(byte[] bytes, int from, int to) throws UnreadableException {
        reading++;
        clear(bytes);
        reader.over(bytes, from, to);
        while (reader.next()) {
            readField(to);
        }
        return this;
    }

    private void readField(int spanEnd) throws UnreadableException {
        switch (reader.tag()) {
            case ATTRIBUTES -> {
                attributes.addChecked(OtlpMessage.SPAN, checker, reader);
                reader.goOnAt(attributes.addAll(ATTRIBUTES, reader.to(), spanEnd));
            }
            case TRACE_ID -> {
                traceIdFrom = reader.from();
                traceIdLength = reader.to() - traceIdFrom;
            }
            case SPAN_ID -> {
                spanIdFrom = reader.from();
                spanIdLength = reader.to() - spanIdFrom;
            }
            case PARENT_SPAN_ID -> {
                parentFrom = reader.from();
                parentLength = reader.to() - parentFrom;
            }
            case NAME -> readText(name);
            case TRACE_STATE_TEXT -> readText(traceState);
            case KIND -> kind = (int) reader.value();
            case START -> start = reader.value();
            case END -> end = reader.value();
            case FLAGS -> flags = (int) reader.value();
            case DROPPED_ATTRIBUTES -> droppedAttributes = reader.value() & 0xffff_ffffL;
            case DROPPED_EVENTS -> droppedEvents = reader.value() & 0xffff_ffffL;
            case DROPPED_LINKS -> droppedLinks = reader.value() & 0xffff_ffffL;
            case EVENTS, LINKS, STATUS -> readInner();
            // A field that we do not know stays in the bytes.
            default -> checker.checkField(OtlpMessage.SPAN, reader, bytes);
        }
    }

    private void readText(TextField field) throws UnreadableException {
        checker.checkText(reader, bytes);
        field.set(reader);
    }

    private void readInner() throws UnreadableException {
        checker.checkField(OtlpMessage.SPAN, reader, bytes);
        switch (reader.tag()) {
            case EVENTS -> events.add(reader);
            case LINKS -> links.add(reader);
            default -> readStatus();
        }
    }

    private void clear(byte[] span) {
        bytes = span;
        attributes.clear(span);
        events.clear();
        links.clear();
        name.clear();
        traceState.clear();
        statusMessage.clear();
        traceIdLength = 0;
        spanIdLength = 0;
        parentLength = 0;
        kind = 0;
        start = 0;
        end = 0;
        statusCode = 0;
        flags = 0;
        droppedAttributes = 0;
        droppedEvents = 0;
        droppedLinks = 0;
        eventAtHand = NONE;
    }

    private void readStatus() throws UnreadableException {
        inner.over(bytes, reader.from(), reader.to());
        while (inner.next()) {
            if (inner.is(3, VARINT)) {
                statusCode = (int) inner.value();
            } else if (inner.is(2, LENGTH)) {
                statusMessage.set(inner);
            }
        }
    }

    /** The number of this reading: another one whenever the view has moved. */
    public long reading() {
        return reading;
    }

    public boolean hasTraceId() {
        return traceIdLength == TRACE_ID_LENGTH;
    }

    /** The first eight bytes of the trace id, big end first. */
    public long traceIdHigh() {
        return (long) LONGS.get(bytes, traceIdFrom);
    }

    /** The last eight bytes of the trace id, big end first. */
    public long traceIdLow() {
        return (long) LONGS.get(bytes, traceIdFrom + SPAN_ID_LENGTH);
    }

    public int traceIdLength() {
        return traceIdLength;
    }

    public boolean hasSpanId() {
        return spanIdLength == SPAN_ID_LENGTH;
    }

    public long spanId() {
        return (long) LONGS.get(bytes, spanIdFrom);
    }

    public int spanIdLength() {
        return spanIdLength;
    }

    /** 0 (absent), 8, or wrong. */
    public int parentSpanIdLength() {
        return parentLength;
    }

    /** The parent's id; 0 where there is none. */
    public long parentSpanId() {
        return parentLength == SPAN_ID_LENGTH ? (long) LONGS.get(bytes, parentFrom) : 0;
    }

    public boolean isRoot() {
        return parentSpanId() == 0;
    }

    public String name() {
        return name.in(bytes);
    }

    /** Whether the name is this text, in UTF-8. */
    public boolean nameIs(byte[] text) {
        return name.is(text, bytes);
    }

    /** Writes the name behind what is there. */
    public void appendNameTo(Utf8Builder out) {
        name.appendTo(out, bytes);
    }

    /** OTLP's number: 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
    public int kind() {
        return kind;
    }

    /** Nanoseconds since the epoch, unsigned. */
    public long startUnixNano() {
        return start;
    }

    /** Nanoseconds since the epoch, unsigned. */
    public long endUnixNano() {
        return end;
    }

    /** OTLP's number: 0 unset, 1 ok, 2 error. */
    public int statusCode() {
        return statusCode;
    }

    public String statusMessage() {
        return statusMessage.in(bytes);
    }

    /** Whether the status' message is this text, in UTF-8. */
    public boolean statusMessageIs(byte[] text) {
        return statusMessage.is(text, bytes);
    }

    /** The W3C trace state as it came. */
    public String traceState() {
        return traceState.in(bytes);
    }

    /** Whether the W3C trace state is this text, in UTF-8; an absent one is empty. */
    public boolean traceStateIs(byte[] text) {
        return traceState.is(text, bytes);
    }

    /** The W3C trace flags in its lowest eight bits. */
    public int flags() {
        return flags;
    }

    public Attributes attributes() {
        return attributes;
    }

    public int eventCount() {
        return events.size();
    }

    public long droppedAttributesCount() {
        return droppedAttributes;
    }

    public long droppedEventsCount() {
        return droppedEvents;
    }

    public long droppedLinksCount() {
        return droppedLinks;
    }

    public String eventName(int event) {
        readEvent(event);
        return eventName.in(bytes);
    }

    public void appendEventNameTo(int event, Utf8Builder out) {
        readEvent(event);
        eventName.appendTo(out, bytes);
    }

    /** Whether an event's name is this text, in UTF-8. */
    public boolean eventNameIs(int event, byte[] text) {
        readEvent(event);
        return eventName.is(text, bytes);
    }

    /** Nanoseconds since the epoch, unsigned. */
    public long eventUnixNano(int event) {
        readEvent(event);
        return eventTime;
    }

    public long eventDroppedAttributesCount(int event) {
        readEvent(event);
        return eventDroppedAttributes;
    }

    /** The attributes of one event; they hold until another event is asked for. */
    public Attributes eventAttributes(int event) {
        readEvent(event);
        return eventAttributes;
    }

    private void readEvent(int event) {
        if (event == eventAtHand) {
            return;
        }
        try {
            eventAtHand = event;
            eventTime = 0;
            eventDroppedAttributes = 0;
            eventName.clear();
            eventAttributes.clear(bytes);
            inner.over(bytes, events.from(event), events.to(event));
            while (inner.next()) {
                if (inner.is(2, LENGTH)) {
                    eventName.set(inner);
                } else if (inner.is(3, LENGTH)) {
                    eventAttributes.add(inner);
                } else if (inner.is(1, FIXED64)) {
                    eventTime = inner.value();
                } else if (inner.is(4, VARINT)) {
                    eventDroppedAttributes = inner.value() & 0xffff_ffffL;
                }
            }
        } catch (UnreadableException fault) {
            throw new IllegalStateException("Events are checked before they are read", fault);
        }
    }

    public int linkCount() {
        return links.size();
    }

    /** One link; it holds until another one is asked for. */
    public LinkView link(int index) {
        try {
            link.read(bytes, links.from(index), links.to(index));
            return link;
        } catch (UnreadableException fault) {
            throw new IllegalStateException("Links are checked before they are read", fault);
        }
    }

    /** Whether the ids of all links have a length that they may have. */
    boolean linksHaveProperIds() {
        for (int i = 0; i < links.size(); i++) {
            if (!link(i).isProper()) {
                return false;
            }
        }
        return true;
    }
}
