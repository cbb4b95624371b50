package io.tailrace.operators.span.semconv;

import io.tailrace.operators.settings.Spelled;

import java.util.List;
import java.util.Locale;

/** Under which names attributes are looked for. */
public enum Semconv implements Spelled {
    /** Under the name as it is written. */
    AS_WRITTEN,
    /** Under the old and the new name of the semantic conventions alike. */
    BOTH;

    @Override
    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names of an attribute, the one as written first. */
    public List<String> names(String key) {
        return switch (this) {
            case AS_WRITTEN -> List.of(key);
            case BOTH -> RenamedAttributes.names(key);
        };
    }
}
