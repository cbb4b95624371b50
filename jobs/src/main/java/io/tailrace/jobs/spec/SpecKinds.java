package io.tailrace.jobs.spec;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The kinds of specs that there are. A key of the spec says of which kind it is, and so which
 * record has its keys; each of these records has that key too.
 *
 * @param <T> what all these records are
 */
public final class SpecKinds<T> {

    private final String key;
    private final Class<T> common;
    private final ChoiceShape choice;
    private final Map<Object, Class<? extends Record>> types;

    private SpecKinds(
            String key,
            Class<T> common,
            ChoiceShape choice,
            Map<Object, Class<? extends Record>> types) {
        this.key = key;
        this.common = common;
        this.choice = choice;
        this.types = types;
    }

    /**
     * @param key whose value is one of the constants
     * @param types the record of each constant of an enum, or of some; specs of the others are read
     *     elsewhere
     */
    public static <E extends Enum<E>, T> SpecKinds<T> of(
            String key,
            Class<E> constants,
            Class<T> common,
            Map<E, Class<? extends Record>> types) {
        Map<Object, Class<? extends Record>> all = new LinkedHashMap<>();
        for (E constant : constants.getEnumConstants()) {
            Class<? extends Record> type = types.get(constant);
            if (type == null) {
                continue;
            }
            if (!common.isAssignableFrom(type)) {
                throw new IllegalArgumentException(type + " is no " + common);
            }
            all.put(constant, type);
        }
        return new SpecKinds<>(key, common, ChoiceShape.of(constants), all);
    }

    String key() {
        return key;
    }

    Class<T> common() {
        return common;
    }

    /** What may be said of the kind. */
    ChoiceShape choice() {
        return choice;
    }

    /** The record of each spelling. */
    Map<String, Class<? extends Record>> types() {
        Map<String, Class<? extends Record>> bySpelling = new LinkedHashMap<>();
        choice.constants()
                .forEach(
                        (spelling, kind) -> {
                            if (types.containsKey(kind)) {
                                bySpelling.put(spelling, types.get(kind));
                            }
                        });
        return bySpelling;
    }

    /** Any of them, for what all have. */
    Class<? extends Record> any() {
        return types.values().iterator().next();
    }

    /**
     * The record of a spec; where that does not say its kind, or a wrong one, the record that has
     * most of its keys, so that all other mistakes can be told as well.
     */
    Class<? extends Record> of(Node root, Map<String, String> environment) {
        if (!(root instanceof Node.Mapping spec)) {
            return any();
        }
        Object kind = kind(spec, environment);
        Class<? extends Record> said = kind == null ? null : types.get(kind);
        return said == null ? likest(spec.entries().keySet()) : said;
    }

    /** Where a spec says that it is of a kind that there is, but none of these; else null. */
    Node.Entry foreign(Node root, Map<String, String> environment) {
        if (!(root instanceof Node.Mapping spec)) {
            return null;
        }
        Object kind = kind(spec, environment);
        return choice.constants().containsValue(kind) && !types.containsKey(kind)
                ? spec.entries().get(key)
                : null;
    }

    /** Null or no constant where the spec does not say it. */
    private Object kind(Node.Mapping spec, Map<String, String> environment) {
        Node.Entry entry = spec.entries().get(key);
        return entry == null
                ? null
                : new Binder(new ProblemList(), environment)
                        .bind(choice, entry.value(), KeyPath.ROOT, Key.NO_RULES);
    }

    private Class<? extends Record> likest(Set<String> keys) {
        return types.values().stream()
                .max(Comparator.comparingLong(type -> shared(type, keys)))
                .orElseThrow();
    }

    private static long shared(Class<? extends Record> type, Set<String> keys) {
        return new BlockShape(type).shapes().keySet().stream().filter(keys::contains).count();
    }
}
