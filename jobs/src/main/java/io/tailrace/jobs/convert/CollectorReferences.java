package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Node;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the Collector's references as specs have them: {@code ${env:NAME}} becomes {@code
 * ${NAME}}, with its default where it has one, and {@code $$} a plain dollar. What refers to
 * anything but the environment becomes a variable too.
 */
final class CollectorReferences {

    private static final Pattern REFERENCE =
            Pattern.compile("(?:env:)?([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);

    /** What was a reference some versions ago, and is a text today. */
    private static final Pattern BARE = Pattern.compile("(?<!\\$)\\$[A-Za-z_][A-Za-z0-9_]*");

    private final Variables variables;

    CollectorReferences(Variables variables) {
        this.variables = variables;
    }

    /** The same tree, with references as specs have them. */
    Node in(Node node, String path) {
        if (node instanceof Node.Mapping mapping) {
            Map<String, Node.Entry> entries = new LinkedHashMap<>();
            mapping.entries()
                    .forEach(
                            (key, entry) ->
                                    entries.put(
                                            key,
                                            new Node.Entry(
                                                    key,
                                                    entry.location(),
                                                    in(entry.value(), below(path, key)))));
            return new Node.Mapping(entries, mapping.location());
        } else if (node instanceof Node.Sequence sequence) {
            return new Node.Sequence(
                    sequence.elements().stream().map(element -> in(element, path)).toList(),
                    sequence.location());
        }
        Node.Scalar scalar = (Node.Scalar) node;
        return new Node.Scalar(
                text(scalar.text(), scalar, path),
                scalar.plain(),
                scalar.absent(),
                scalar.location());
    }

    private static String below(String path, String key) {
        return path.isEmpty() ? key : path + '.' + key;
    }

    private String text(String text, Node.Scalar scalar, String path) {
        Matcher bare = BARE.matcher(text);
        while (bare.find()) {
            variables.bare(bare.group(), scalar, path);
        }
        StringBuilder written = new StringBuilder();
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int end = text.startsWith("${", at) ? end(text, at) : -1;
            if (text.startsWith("$$", at)) {
                plain.append('$');
                at += 2;
            } else if (end > 0) {
                written.append(literal(plain));
                plain.setLength(0);
                written.append(reference(text.substring(at + 2, end), scalar, path));
                at = end + 1;
            } else {
                plain.append(text.charAt(at++));
            }
        }
        return written.append(literal(plain)).toString();
    }

    private static String literal(StringBuilder plain) {
        return plain.toString().replace("${", "$${");
    }

    /** Where the brace closes, behind the references that a default may hold. */
    private static int end(String text, int start) {
        int depth = 0;
        for (int at = start; at < text.length(); at++) {
            if (text.startsWith("${", at)) {
                depth++;
            } else if (text.charAt(at) == '}' && --depth == 0) {
                return at;
            }
        }
        return -1;
    }

    private String reference(String inner, Node.Scalar scalar, String path) {
        Matcher reference = REFERENCE.matcher(inner);
        if (!reference.matches()) {
            return variables.instead(path, scalar, "what ${" + inner + "} gives the Collector");
        }
        String standIn = reference.group(2);
        return "${"
                + reference.group(1)
                + (standIn == null ? "" : ":-" + text(standIn, scalar, path))
                + "}";
    }
}
