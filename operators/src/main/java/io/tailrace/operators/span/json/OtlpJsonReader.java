package io.tailrace.operators.span.json;

import io.tailrace.operators.input.Rejects;
import io.tailrace.operators.input.UnreadableException;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns an export request in OTLP/JSON into the same request in protobuf, without objects between
 * them.
 *
 * <p>The mapping is that of the OTLP specification ("JSON Protobuf Encoding"): ids in hexadecimal
 * of either case, 64-bit numbers as text or number, enums as number or name, keys in lower camel
 * case; unknown keys are passed over, null is absent. A null inside an {@code arrayValue} keeps its
 * place as an empty value. Of a key that comes twice in an object, the last one that is not the
 * default wins; arrays and objects are merged.
 *
 * <p>A bad span is left out and rejected with its bytes. Anything bad around the spans leaves out
 * the whole element of {@code scopeSpans}, else of {@code resourceSpans}, that it is in, rejected
 * as one. Ids of zeros are let pass, and links without ids.
 *
 * <p>Not safe for use by several threads.
 */
public final class OtlpJsonReader {

    private final ProtobufOutput output = new ProtobufOutput();

    /**
     * @param json the text of one request, in UTF-8
     * @param rejects takes what had to be left out, in the order of the text, once all of it is
     *     read
     * @return the {@code ExportTraceServiceRequest}, in an array of its own
     * @throws UnreadableException not one JSON object ({@code MALFORMED_JSON}), or one whose {@code
     *     resourceSpans} are no array ({@code UNEXPECTED_VALUE}); nothing was rejected then
     */
    public byte[] read(byte[] json, Rejects rejects) throws UnreadableException {
        output.cut(0, 0);
        List<SoundElements.Unsound> unsound = new ArrayList<>();
        JsonRecord.read(
                json,
                parser -> {
                    SoundElements elements = new SoundElements(parser, output, unsound);
                    new RequestFields(parser, output, elements).request();
                });
        unsound.forEach(part -> part.reject(json, rejects));
        return output.toByteArray();
    }
}
