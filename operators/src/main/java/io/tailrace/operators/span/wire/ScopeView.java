package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.UnreadableException;

import java.nio.charset.StandardCharsets;

import static io.tailrace.operators.span.wire.WireReader.LENGTH;

/** An instrumentation scope, read from its bytes. A view that moves. */
public final class ScopeView {

    static final int ATTRIBUTES = 3;

    private final WireReader reader = new WireReader();
    private final Attributes attributes = new Attributes();
    private byte[] bytes;
    private int nameFrom;
    private int nameTo;
    private int versionFrom;
    private int versionTo;

    void clear(byte[] request) {
        bytes = request;
        nameFrom = 0;
        nameTo = 0;
        versionFrom = 0;
        versionTo = 0;
        attributes.clear(request);
    }

    void add(int from, int to) throws UnreadableException {
        reader.over(bytes, from, to);
        while (reader.next()) {
            if (reader.is(1, LENGTH)) {
                nameFrom = reader.from();
                nameTo = reader.to();
            } else if (reader.is(2, LENGTH)) {
                versionFrom = reader.from();
                versionTo = reader.to();
            } else if (reader.is(ATTRIBUTES, LENGTH)) {
                attributes.add(reader);
            }
        }
    }

    public String name() {
        return new String(bytes, nameFrom, nameTo - nameFrom, StandardCharsets.UTF_8);
    }

    public String version() {
        return new String(bytes, versionFrom, versionTo - versionFrom, StandardCharsets.UTF_8);
    }

    public Attributes attributes() {
        return attributes;
    }
}
