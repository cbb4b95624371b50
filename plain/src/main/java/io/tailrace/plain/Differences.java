package io.tailrace.plain;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** In what two collections differ, in words; empty where they are the same. */
public final class Differences {

    private Differences() {}

    /** Whether the same elements are there, each as often; their order does not matter. */
    public static <T> List<String> ofElements(Collection<T> actual, Collection<T> expected) {
        Map<T, Long> there = count(actual);
        Map<T, Long> wanted = count(expected);
        Set<T> all = new HashSet<>(there.keySet());
        all.addAll(wanted.keySet());
        return all.stream()
                .filter(each -> !Objects.equals(there.get(each), wanted.get(each)))
                .map(
                        each ->
                                "%d times instead of %d: %s"
                                        .formatted(
                                                there.getOrDefault(each, 0L),
                                                wanted.getOrDefault(each, 0L),
                                                each))
                .sorted()
                .toList();
    }

    private static <T> Map<T, Long> count(Collection<T> elements) {
        return elements.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    /** Whether the same is said under the same keys. */
    public static <K, V> List<String> ofMaps(Map<K, V> actual, Map<K, V> expected) {
        Set<K> keys = new HashSet<>(actual.keySet());
        keys.addAll(expected.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(actual.get(key), expected.get(key)))
                .map(key -> key + "\n is " + actual.get(key) + "\n not " + expected.get(key))
                .sorted()
                .toList();
    }

    /** The same as {@link #ofMaps}, of what is said under all keys but that one. */
    static <K> Map<K, Map<String, Object>> without(String name, Map<K, Map<String, Object>> said) {
        Map<K, Map<String, Object>> rest = new HashMap<>();
        said.forEach(
                (key, values) -> {
                    Map<String, Object> others = new HashMap<>(values);
                    others.remove(name);
                    rest.put(key, others);
                });
        return rest;
    }
}
