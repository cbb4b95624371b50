package io.tailrace.operators.discovery;

import java.util.Comparator;

/**
 * What made spans; each may be empty but the name.
 *
 * @param name of the SDK, such as opentelemetry
 */
public record Sdk(String name, String version, String language) implements Comparable<Sdk> {

    private static final Comparator<Sdk> ORDER =
            Comparator.comparing(Sdk::name)
                    .thenComparing(Sdk::version)
                    .thenComparing(Sdk::language);

    @Override
    public int compareTo(Sdk other) {
        return ORDER.compare(this, other);
    }
}
