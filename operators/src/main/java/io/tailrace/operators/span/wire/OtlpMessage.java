package io.tailrace.operators.span.wire;

import java.util.Map;
import java.util.Set;

/**
 * What {@link OtlpChecker} must know of OTLP's messages: which fields hold messages, and which
 * texts. All others need no look inside.
 *
 * <p>Source: opentelemetry/proto/trace/v1/trace.proto and common/v1/common.proto, version 1.11.
 */
@SuppressWarnings("ImmutableEnumChecker") // filled once, when the class is loaded
public enum OtlpMessage {
    ANY_VALUE(Set.of(1)),
    ARRAY_VALUE(Set.of()),
    KEY_VALUE(Set.of(1)),
    KEY_VALUE_LIST(Set.of()),
    ENTITY_REF(Set.of(1, 2, 3, 4)),
    RESOURCE(Set.of()),
    SCOPE(Set.of(1, 2)),
    EVENT(Set.of(2)),
    LINK(Set.of(3)),
    STATUS(Set.of(2)),
    SPAN(Set.of(3, 5)),
    /** Its scope spans are left to the walker. */
    RESOURCE_SPANS(Set.of(3)),
    /** Its spans are left to the walker. */
    SCOPE_SPANS(Set.of(3));

    private static final int MOST_FIELD = 32;

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

    OtlpMessage(Set<Integer> texts) {
        texts.forEach(field -> this.texts[field] = true);
    }

    private void holds(Map<Integer, OtlpMessage> fields) {
        fields.forEach((field, message) -> messages[field] = message);
    }

    boolean isText(int field) {
        return field < MOST_FIELD && texts[field];
    }

    /** The message that a length-delimited field holds; null where it holds none. */
    OtlpMessage message(int field) {
        return field < MOST_FIELD ? messages[field] : null;
    }
}
