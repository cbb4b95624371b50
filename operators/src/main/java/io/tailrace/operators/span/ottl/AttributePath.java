package io.tailrace.operators.span.ottl;

import io.tailrace.operators.span.semconv.Semconv;
import io.tailrace.operators.span.wire.Attributes;
import io.tailrace.operators.span.wire.ValueView;

import java.util.List;
import java.util.function.Function;

/** The way to an attribute's value, or to a value within it, in the span's bytes. */
final class AttributePath {

    private final Function<Row, Attributes> attributes;
    private final Semconv semconv;
    private final Key[] keys;

    /** What the first key may be called, where that is known. */
    private final byte[][] names;

    private final Key[] now;

    AttributePath(Function<Row, Attributes> attributes, List<Key> keys, Semconv semconv) {
        this.attributes = attributes;
        this.semconv = semconv;
        this.names = keys.get(0) instanceof Key.Name name ? names(name) : null;
        this.keys = keys.toArray(Key[]::new);
        this.now = new Key[keys.size()];
    }

    /** Moves the view to the value. False where there is none. */
    boolean find(Row row) {
        // Before the view moves, for keys may be read from the same attributes.
        for (int i = 0; i < keys.length; i++) {
            now[i] = Key.now(keys[i], row);
        }
        Attributes all = attributes.apply(row);
        if (!(now[0] instanceof Key.Name first)) {
            throw new OttlEvaluationException("attributes have strings for keys");
        }
        if (!find(all, names == null ? names(first) : names)) {
            return false;
        }
        for (int i = 1; i < now.length; i++) {
            if (!enter(all.value(), now[i])) {
                return false;
            }
        }
        return true;
    }

    private byte[][] names(Key.Name name) {
        return semconv.names(name.name()).stream().map(Expression::utf8).toArray(byte[][]::new);
    }

    private static boolean find(Attributes attributes, byte[][] names) {
        for (byte[] name : names) {
            if (attributes.find(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean enter(ValueView value, Key key) {
        Type type = typeOf(value);
        if (key instanceof Key.Name name && type == Type.MAP) {
            return value.enter(name.utf8());
        } else if (key instanceof Key.Index index && type == Type.LIST) {
            if (value.enter(index.index())) {
                return true;
            }
            throw Key.outside(index.index());
        }
        throw Key.mismatch(type, key);
    }

    private static Type typeOf(ValueView value) {
        return switch (value.kind()) {
            case NONE -> Type.NIL;
            case TEXT -> Type.STRING;
            case BOOL -> Type.BOOL;
            case INT -> Type.INT;
            case DOUBLE -> Type.DOUBLE;
            case BYTES -> Type.BYTES;
            case ARRAY -> Type.LIST;
            case LIST -> Type.MAP;
        };
    }

    /** Where {@link #find} went. */
    ValueView view(Row row) {
        return attributes.apply(row).value();
    }
}
