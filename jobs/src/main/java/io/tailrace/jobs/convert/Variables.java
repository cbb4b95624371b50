package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables of the environment that a spec will want. */
final class Variables {

    private static final Pattern WANTED =
            Pattern.compile("(?<!\\$)\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:-)?");

    /** A reference alone, or behind what names a kind of authorization. */
    private static final Pattern SECRET =
            Pattern.compile(
                    "((?:Bearer |Basic )?)\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:-.*)?}", Pattern.DOTALL);

    private record Bare(String written, Node node, String path) {}

    private final List<Bare> bare = new ArrayList<>();
    private final Map<String, String> meanings = new LinkedHashMap<>();

    /**
     * A reference in the place of a value that a spec cannot hold.
     *
     * @param meaning what the variable is to be set to
     */
    String instead(String path, Node node, String meaning) {
        String name =
                path.replaceFirst("^(receivers|exporters|extensions|processors|connectors)\\.", "")
                        .replaceAll("[^A-Za-z0-9]+", "_")
                        .toUpperCase(Locale.ROOT);
        String free = Character.isDigit(name.charAt(0)) ? "_" + name : name;
        meanings.put(free, "%s, line %d: %s".formatted(path, node.location().line(), meaning));
        return "${" + free + "}";
    }

    /**
     * The reference itself where a secret is one, else one in its place.
     *
     * @param secret with references as specs have them
     */
    String secret(String path, Node node, String secret) {
        Matcher reference = SECRET.matcher(secret);
        if (!reference.matches()) {
            return instead(path, node, "the secret that is written there");
        }
        String name = reference.group(2);
        if (reference.group(3) != null) {
            meanings.put(name, "its default is no reference, and a secret is in no spec");
        }
        return reference.group(1) + "${" + name + "}";
    }

    /** Remembers a name behind a dollar, without braces. */
    void bare(String written, Node.Scalar node, String path) {
        bare.add(new Bare(written, node, path));
    }

    /** Tells of those names that came into a spec. */
    void tellOfBare(String spec, Notes notes) {
        for (Bare each : bare) {
            if (spec.contains(each.written)) {
                notes.changed(
                        each.node,
                        each.path,
                        "%s is a text, as it is for Collectors of today; a reference is written ${%s}"
                                .formatted(each.written, each.written.substring(1)));
            }
        }
    }

    /** Those that a spec refers to without a default, each with what it is to be set to. */
    List<String> wanted(String spec) {
        Map<String, String> wanted = new LinkedHashMap<>();
        Matcher found = WANTED.matcher(spec);
        while (found.find()) {
            if (found.group(2) == null) {
                String meaning = meanings.get(found.group(1));
                wanted.put(found.group(1), meaning == null ? "" : ": " + meaning);
            }
        }
        List<String> lines = new ArrayList<>();
        wanted.forEach((name, meaning) -> lines.add(name + meaning));
        return lines;
    }
}
