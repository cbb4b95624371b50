package io.tailrace.jobs.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads maps of texts, such as options that are handed on: nested objects become keys with dots,
 * lists the texts of their elements with semicolons between, as Flink writes both.
 */
final class TextMapBinder {

    private final ProblemList problems;
    private final ScalarBinder scalars;

    TextMapBinder(ProblemList problems, ScalarBinder scalars) {
        this.problems = problems;
        this.scalars = scalars;
    }

    /** A map in the order written, or {@link Binder#UNREADABLE}. */
    Object bind(Node.Mapping mapping, KeyPath path, Rules rules) {
        Map<String, String> texts = new LinkedHashMap<>();
        boolean readable = flatten(mapping, "", path, rules, texts);
        return readable ? Collections.unmodifiableMap(texts) : Binder.UNREADABLE;
    }

    private boolean flatten(
            Node.Mapping mapping,
            String prefix,
            KeyPath path,
            Rules rules,
            Map<String, String> texts) {
        boolean readable = true;
        for (Node.Entry entry : mapping.entries().values()) {
            String key = prefix + entry.key();
            KeyPath below = path.key(entry.key());
            boolean secret = rules.secret() || rules.secretKeys().matcher(key).matches();
            if (entry.value() instanceof Node.Mapping nested && !nested.entries().isEmpty()) {
                Rules inherited = rules;
                if (secret) {
                    inherited =
                            new Rules(
                                    false,
                                    true,
                                    false,
                                    rules.least(),
                                    rules.most(),
                                    rules.secretKeys());
                }
                readable &= flatten(nested, key + '.', below, inherited, texts);
                continue;
            }
            Object text = text(entry.value(), below, secret, true);
            readable &= text != Binder.UNREADABLE;
            if (text instanceof String value && texts.putIfAbsent(key, value) != null) {
                problems.add(entry.location(), below, "is given twice", "each key once");
                readable = false;
            }
        }
        return readable;
    }

    /** A text, null for an absent value, or {@link Binder#UNREADABLE}. */
    private Object text(Node node, KeyPath path, boolean secret, boolean outermost) {
        if (node instanceof Node.Scalar scalar) {
            Object text = scalars.text(scalar, path, secret);
            if (!(text instanceof Substitution substitution)) {
                return text;
            }
            boolean absent = substitution.value().isEmpty() && scalar.plain();
            return absent ? null : substitution.value();
        }
        StringBuilder flow = new StringBuilder();
        boolean readable = true;
        if (node instanceof Node.Sequence sequence) {
            for (int i = 0; i < sequence.elements().size(); i++) {
                Object element = text(sequence.elements().get(i), path.index(i), secret, false);
                readable &= element != Binder.UNREADABLE;
                flow.append(i == 0 ? "" : outermost ? ";" : ", ");
                flow.append(element == null ? "" : element);
            }
            String list = outermost ? flow.toString() : "[" + flow + "]";
            return readable ? list : Binder.UNREADABLE;
        }
        for (Node.Entry entry : ((Node.Mapping) node).entries().values()) {
            Object value = text(entry.value(), path.key(entry.key()), secret, false);
            readable &= value != Binder.UNREADABLE;
            flow.append(flow.isEmpty() ? "" : ", ").append(entry.key()).append(": ");
            flow.append(value == null ? "" : value);
        }
        String object = outermost ? flow.toString() : "{" + flow + "}";
        return readable ? object : Binder.UNREADABLE;
    }
}
