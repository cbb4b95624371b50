package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.UnreadableException;

import java.nio.charset.StandardCharsets;

import static io.tailrace.operators.span.wire.WireReader.LENGTH;
import static io.tailrace.operators.span.wire.WireReader.VARINT;

/** A resource, read from its bytes. A view that moves. */
public final class ResourceView {

    private static final byte[] SERVICE_NAME = "service.name".getBytes(StandardCharsets.UTF_8);

    private final WireReader reader = new WireReader();
    private final Attributes attributes = new Attributes();
    private byte[] bytes;
    private long droppedAttributes;
    private String serviceName;
    private boolean serviceNameRead;

    void clear(byte[] request) {
        bytes = request;
        droppedAttributes = 0;
        serviceName = null;
        serviceNameRead = false;
        attributes.clear(request);
    }

    void add(int from, int to) throws UnreadableException {
        reader.over(bytes, from, to);
        while (reader.next()) {
            if (reader.is(1, LENGTH)) {
                attributes.add(reader);
            } else if (reader.is(2, VARINT)) {
                droppedAttributes = reader.value() & 0xffff_ffffL;
            }
        }
    }

    public Attributes attributes() {
        return attributes;
    }

    public long droppedAttributesCount() {
        return droppedAttributes;
    }

    /** The attribute {@code service.name}; null where it is absent or no text. */
    public String serviceName() {
        if (!serviceNameRead) {
            serviceNameRead = true;
            if (attributes.find(SERVICE_NAME) && attributes.kind() == Attributes.ValueKind.TEXT) {
                serviceName = attributes.text();
            }
        }
        return serviceName;
    }
}
