package io.tailrace.operators.span.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;

import static io.tailrace.operators.span.wire.WireReader.FIXED32;
import static io.tailrace.operators.span.wire.WireReader.FIXED64;
import static io.tailrace.operators.span.wire.WireReader.LENGTH;
import static io.tailrace.operators.span.wire.WireReader.VARINT;

/**
 * What {@link OtlpChecker} must know of OTLP's messages: the wire types of their fields, and which
 * of them hold messages or texts. All others need no look inside.
 *
 * <p>Source: opentelemetry/proto/trace/v1/trace.proto and common/v1/common.proto, version 1.11.
 */
@SuppressWarnings("ImmutableEnumChecker") // filled once, when the class is loaded
public enum OtlpMessage {
    ANY_VALUE(Set.of(1), Map.of(2, VARINT, 3, VARINT, 4, FIXED64, 7, LENGTH, 8, VARINT)),
    ARRAY_VALUE(Set.of(), Map.of()),
    KEY_VALUE(Set.of(1), Map.of(3, VARINT)),
    KEY_VALUE_LIST(Set.of(), Map.of()),
    ENTITY_REF(Set.of(1, 2, 3, 4), Map.of()),
    RESOURCE(Set.of(), Map.of(2, VARINT)),
    SCOPE(Set.of(1, 2), Map.of(4, VARINT)),
    EVENT(Set.of(2), Map.of(1, FIXED64, 4, VARINT)),
    LINK(Set.of(3), Map.of(1, LENGTH, 2, LENGTH, 5, VARINT, 6, FIXED32)),
    STATUS(Set.of(2), Map.of(3, VARINT)),
    SPAN(
            Set.of(3, 5),
            Map.of(
                    1, LENGTH, 2, LENGTH, 4, LENGTH, 6, VARINT, 7, FIXED64, 8, FIXED64, 10, VARINT,
                    12, VARINT, 14, VARINT, 16, FIXED32)),
    /** Its scope spans are left to the walker. */
    RESOURCE_SPANS(Set.of(3), Map.of(2, LENGTH)),
    /** Its spans are left to the walker. */
    SCOPE_SPANS(Set.of(3), Map.of(2, LENGTH));

    private static final int MOST_FIELD = 32;
    private static final int UNKNOWN = -1;

    static {
        ANY_VALUE.holds(Map.of(5, ARRAY_VALUE, 6, KEY_VALUE_LIST));
        ARRAY_VALUE.holds(Map.of(1, ANY_VALUE));
        KEY_VALUE.holds(Map.of(2, ANY_VALUE));
        KEY_VALUE_LIST.holds(Map.of(1, KEY_VALUE));
        RESOURCE.holds(Map.of(1, KEY_VALUE, 3, ENTITY_REF));
        SCOPE.holds(Map.of(3, KEY_VALUE));
        EVENT.holds(Map.of(3, KEY_VALUE));
        LINK.holds(Map.of(4, KEY_VALUE));
        SPAN.holds(Map.of(9, KEY_VALUE, 11, EVENT, 13, LINK, 15, STATUS));
        RESOURCE_SPANS.holds(Map.of(1, RESOURCE));
        SCOPE_SPANS.holds(Map.of(1, SCOPE));
    }

    private final boolean[] texts = new boolean[MOST_FIELD];
    private final OtlpMessage[] messages = new OtlpMessage[MOST_FIELD];

    private final int[] types = new int[MOST_FIELD];

    /**
     * @param others the wire types of the fields that hold neither texts nor messages to look into
     */
    OtlpMessage(Set<Integer> texts, Map<Integer, Integer> others) {
        Arrays.fill(types, UNKNOWN);
        others.forEach((field, type) -> types[field] = type);
        for (int field : texts) {
            this.texts[field] = true;
            types[field] = LENGTH;
        }
    }

    private void holds(Map<Integer, OtlpMessage> fields) {
        fields.forEach(
                (field, message) -> {
                    messages[field] = message;
                    types[field] = LENGTH;
                });
    }

    /**
     * Whether a field may come as this wire type. Parsers differ over a known field of another
     * type: those in Java take it for an unknown one, those in Go refuse the message.
     */
    boolean allows(int field, int type) {
        return field >= MOST_FIELD || types[field] == UNKNOWN || types[field] == type;
    }

    boolean isText(int field) {
        return field < MOST_FIELD && texts[field];
    }

    /** The message that a length-delimited field holds; null where it holds none. */
    OtlpMessage message(int field) {
        return field < MOST_FIELD ? messages[field] : null;
    }
}
