package io.tailrace.operators.span.bkjson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tailrace.operators.input.Rejects;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.span.json.BadValueException;
import io.tailrace.operators.span.json.JsonFields;
import io.tailrace.operators.span.json.JsonRecord;
import io.tailrace.operators.span.json.ProtobufOutput;
import io.tailrace.operators.span.json.SoundElements;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a record as BlueKing's collectors write it into an OTLP export request in protobuf, without
 * objects between them.
 *
 * <p>A record is {@code {"dataid": .., "datetime": .., "items": [span, ..]}}, or a single span
 * without that around it. Of the envelope only the items count. Neighbours of the same resource
 * share one {@code ResourceSpans}; there are no scopes.
 *
 * <ul>
 *   <li>Ids are hexadecimal of either case; a root's parent is empty or null.
 *   <li>Times are whole microseconds since the epoch. They and other whole numbers may be texts.
 *   <li>Values of attributes keep their type: text, boolean, whole number (of more than 64 bits: a
 *       double), fraction (a double), list, object; null is a value too. Of a key that comes twice
 *       both values are there, and the first one counts.
 *   <li>Elsewhere null is absent, and of a field that comes twice the last one that is not the
 *       default wins; arrays and objects are merged.
 *   <li>{@code elapsed_time} is passed over, as it follows from start and end; so are {@code time}
 *       and {@code datatime}, which {@link BkJsonWriter} adds.
 *   <li>Any other field of a span that is not known becomes an attribute of that name of the span;
 *       of an event or link, of that. Those of the envelope and of a status are passed over.
 * </ul>
 *
 * <p>An item that is no span is left out and rejected with its bytes.
 *
 * <p>Not safe for use by several threads.
 */
public final class BkJsonReader {

    private static final int RESOURCE_SPANS = 1;
    private static final int RESOURCE = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;
    private static final int NONE = -1;

    private final ProtobufOutput request = new ProtobufOutput();
    private final ProtobufOutput span = new ProtobufOutput();
    private final ProtobufOutput resource = new ProtobufOutput();

    /** That of the resource spans that are open. */
    private final ProtobufOutput openResource = new ProtobufOutput();

    private int openResourceSpans;
    private int openScopeSpans;

    /**
     * @param json the text of one record, in UTF-8
     * @param rejects takes the items that had to be left out, in the order of the text, once all of
     *     it is read
     * @return the {@code ExportTraceServiceRequest}, in an array of its own
     * @throws UnreadableException not one JSON object ({@code MALFORMED_JSON}), one whose {@code
     *     items} are no array ({@code UNEXPECTED_VALUE}), or without {@code items} and no span;
     *     nothing was rejected then
     */
    public byte[] read(byte[] json, Rejects rejects) throws UnreadableException {
        request.cut(0, 0);
        openResourceSpans = NONE;
        List<SoundElements.Unsound> unsound = new ArrayList<>();
        boolean[] envelope = {false};
        JsonRecord.read(
                json,
                parser -> {
                    ItemFields item = new ItemFields(parser, span, resource);
                    SoundElements items = new SoundElements(parser, request, unsound);
                    envelope[0] = envelope(parser, items, () -> add(item));
                });
        if (!envelope[0]) {
            JsonRecord.read(json, parser -> add(new ItemFields(parser, span, resource)));
        }
        close();
        unsound.forEach(part -> part.reject(json, rejects));
        return request.toByteArray();
    }

    /** Copies the items of all {@code items}; false where there are none. */
    private static boolean envelope(JsonParser parser, SoundElements items, JsonFields.Message item)
            throws IOException, BadValueException {
        boolean found = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (!name.equals("items")) {
                parser.skipChildren();
                continue;
            }
            found = true;
            if (value != JsonToken.VALUE_NULL) {
                items.each(item);
            }
        }
        return found;
    }

    private void add(ItemFields item) throws IOException, BadValueException {
        item.copy();
        if (openResourceSpans == NONE || !resource.holdsSameAs(openResource)) {
            close();
            open();
        }
        request.message(SPANS, span);
    }

    private void open() {
        openResource.become(resource);
        openResourceSpans = request.begin(RESOURCE_SPANS);
        if (resource.length() > 0) {
            request.message(RESOURCE, resource);
        }
        openScopeSpans = request.begin(SCOPE_SPANS);
    }

    private void close() {
        if (openResourceSpans != NONE) {
            request.end(openScopeSpans);
            request.end(openResourceSpans);
            openResourceSpans = NONE;
        }
    }
}
