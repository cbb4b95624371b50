package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.UnreadableException;

import static io.tailrace.operators.span.wire.WireReader.LENGTH;
import static io.tailrace.operators.span.wire.WireReader.VARINT;

/** An instrumentation scope, read from its bytes. A view that moves. */
public final class ScopeView {

    static final int ATTRIBUTES = 3;

    private final WireReader reader = new WireReader();
    private final Attributes attributes = new Attributes();
    private byte[] bytes;
    private final TextField name = new TextField();
    private final TextField version = new TextField();
    private long droppedAttributes;

    void clear(byte[] request) {
        bytes = request;
        name.clear();
        version.clear();
        droppedAttributes = 0;
        attributes.clear(request);
    }

    void add(int from, int to) throws UnreadableException {
        reader.over(bytes, from, to);
        while (reader.next()) {
            if (reader.is(1, LENGTH)) {
                name.set(reader);
            } else if (reader.is(2, LENGTH)) {
                version.set(reader);
            } else if (reader.is(ATTRIBUTES, LENGTH)) {
                attributes.add(reader);
            } else if (reader.is(4, VARINT)) {
                droppedAttributes = reader.value() & 0xffff_ffffL;
            }
        }
    }

    public String name() {
        return name.in(bytes);
    }

    /** Whether the name is this text, in UTF-8. */
    public boolean nameIs(byte[] text) {
        return name.is(text, bytes);
    }

    public String version() {
        return version.in(bytes);
    }

    /** Whether the version is this text, in UTF-8. */
    public boolean versionIs(byte[] text) {
        return version.is(text, bytes);
    }

    public long droppedAttributesCount() {
        return droppedAttributes;
    }

    public Attributes attributes() {
        return attributes;
    }
}
