package io.tailrace.operators.discovery.rule;

import io.tailrace.operators.span.semconv.AttributeText;
import io.tailrace.operators.span.wire.Attributes;
import io.tailrace.operators.span.wire.Utf8Builder;

import java.nio.charset.StandardCharsets;

/**
 * The attributes that tell what a span is about, in the order of BlueKing's rules: of all that a
 * span has the first gives its category.
 */
final class CommonAttribute {

    static final CommonAttribute DB_SYSTEM = new CommonAttribute(0, "db.system", "db", true);
    static final CommonAttribute MESSAGING_SYSTEM =
            new CommonAttribute(1, "messaging.system", "messaging", true);
    static final CommonAttribute MESSAGING_DESTINATION =
            new CommonAttribute(2, "messaging.destination", "async_backend", false);
    static final CommonAttribute TRPC_NAMESPACE =
            new CommonAttribute(3, "trpc.namespace", "rpc", false);
    static final CommonAttribute RPC_SYSTEM = new CommonAttribute(4, "rpc.system", "rpc", false);
    static final CommonAttribute HTTP_METHOD = new CommonAttribute(5, "http.method", "http", false);

    private static final CommonAttribute[] ALL = {
        DB_SYSTEM, MESSAGING_SYSTEM, MESSAGING_DESTINATION, TRPC_NAMESPACE, RPC_SYSTEM, HTTP_METHOD
    };

    private final int bit;
    private final String category;
    private final boolean component;
    private final byte[] oldName;
    private final AttributeText text;

    private CommonAttribute(int place, String oldName, String category, boolean component) {
        this.bit = 1 << place;
        this.category = category;
        this.component = component;
        this.oldName = oldName.getBytes(StandardCharsets.UTF_8);
        this.text = new AttributeText(oldName);
    }

    static int count() {
        return ALL.length;
    }

    static CommonAttribute at(int place) {
        return ALL[place];
    }

    /** Which of them are there, each as the bit of its place. */
    static int in(Attributes attributes) {
        int present = 0;
        for (CommonAttribute each : ALL) {
            if (each.text.isIn(attributes)) {
                present |= each.bit;
            }
        }
        return present;
    }

    boolean isAmong(int present) {
        return (present & bit) != 0;
    }

    String category() {
        return category;
    }

    boolean isOfComponent() {
        return component;
    }

    /** Writes the name that it had first. */
    void appendNameTo(Utf8Builder out) {
        out.append(oldName);
    }

    /** Writes its text, under whichever name it has one. */
    void appendTo(Utf8Builder out, Attributes attributes) {
        text.appendTo(attributes, out);
    }
}
