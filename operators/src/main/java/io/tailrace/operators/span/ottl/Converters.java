package io.tailrace.operators.span.ottl;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The functions that conditions may call, by their names. */
final class Converters {

    /** The only one that looks at the span itself. */
    static final String IS_ROOT_SPAN = "IsRootSpan";

    static final Map<String, Converter> ALL = new TreeMap<>();

    static {
        Stream.of(
                        TextConverters.ALL,
                        MatchConverters.ALL,
                        TypeConverters.ALL,
                        CollectionConverters.ALL,
                        TimeConverters.ALL,
                        EncodingConverters.ALL)
                .flatMap(List::stream)
                .forEach(converter -> ALL.put(converter.name(), converter));
    }

    private Converters() {}

    static boolean isKnown(String name) {
        return ALL.containsKey(name) || name.equals(IS_ROOT_SPAN);
    }

    static Collection<String> names() {
        TreeSet<String> names = new TreeSet<>(ALL.keySet());
        names.add(IS_ROOT_SPAN);
        return names;
    }
}
