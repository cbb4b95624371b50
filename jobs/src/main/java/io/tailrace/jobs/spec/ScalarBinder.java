package io.tailrace.jobs.spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Reads single values: substitutes references, then reads the text by the type of its target. */
final class ScalarBinder {

    private final ProblemList problems;
    private final Map<String, String> environment;

    ScalarBinder(ProblemList problems, Map<String, String> environment) {
        this.problems = problems;
        this.environment = environment;
    }

    /** The value, null for an absent one, or {@link Binder#UNREADABLE}. */
    Object bind(ScalarShape shape, Node node, KeyPath path, Rules rules) {
        if (!(node instanceof Node.Scalar scalar)) {
            problems.add(node.location(), path, Binder.words(node), shape.expected());
            return Binder.UNREADABLE;
        }
        Object text = text(scalar, path, rules.secret());
        if (!(text instanceof Substitution substitution)) {
            return text;
        }
        String value = substitution.value();
        if (value.isEmpty() && (scalar.plain() || rules.required())) {
            return null;
        }
        try {
            Object read = shape.read(value);
            return inRange(shape, read, scalar, substitution, path, rules)
                    ? read
                    : Binder.UNREADABLE;
        } catch (UnfitException e) {
            problems.add(
                    scalar.location(),
                    path,
                    rules.secret() ? "" : scalar.text(),
                    shown(scalar, substitution, rules) + " is not " + shape.noun(),
                    shape.expected(),
                    rules.secret() ? "" : e.suggestion());
            return Binder.UNREADABLE;
        }
    }

    private boolean inRange(
            ScalarShape shape,
            Object read,
            Node.Scalar scalar,
            Substitution substitution,
            KeyPath path,
            Rules rules) {
        String shown = shown(scalar, substitution, rules);
        String written = rules.secret() ? "" : scalar.text();
        if (!rules.allow(shape.measure(read))) {
            String range = Rules.range(rules.least(), rules.most(), shape::bound);
            problems.add(
                    scalar.location(),
                    path,
                    written,
                    shown + " is out of range",
                    shape.noun() + ' ' + range,
                    "");
            return false;
        }
        if (rules.exists() && read instanceof Path file && !Files.exists(file)) {
            problems.add(
                    scalar.location(),
                    path,
                    written,
                    Problem.missing(shown),
                    "the path of an existing file or folder",
                    "");
            return false;
        }
        return true;
    }

    /** A {@link Substitution}, null for an absent value, or {@link Binder#UNREADABLE}. */
    Object text(Node.Scalar scalar, KeyPath path, boolean secret) {
        if (scalar.absent()) {
            return null;
        }
        Substitution substitution = Substitution.of(scalar.text(), environment);
        if (secret) {
            substitution.variables().forEach(problems::conceal);
            problems.conceal(substitution.value());
        }
        String written = secret ? "" : scalar.text();
        boolean readable = true;
        if (!substitution.malformed().isEmpty()) {
            String malformed = secret ? "a part" : Quoted.of(substitution.malformed());
            String suggestion = substitution.malformed().replaceFirst("^\\$\\{env:", "\\${");
            problems.add(
                    scalar.location(),
                    path,
                    written,
                    malformed + " is not a reference to a variable",
                    "${NAME} or ${NAME:-default}, or $${ for a literal ${",
                    secret || suggestion.equals(substitution.malformed()) ? "" : suggestion);
            readable = false;
        } else if (secret && (!substitution.referenced() || substitution.literalDefault())) {
            problems.add(
                    scalar.location(),
                    path,
                    "",
                    "a secret must not be written down here",
                    "a reference such as ${NAME}, without a default",
                    "");
            readable = false;
        }
        for (String name : substitution.unset()) {
            problems.add(
                    scalar.location(),
                    path,
                    written,
                    Problem.unset(name),
                    secret
                            ? "it to be set"
                            : "it to be set, or a default as in ${" + name + ":-default}",
                    "");
            readable = false;
        }
        return readable ? substitution : Binder.UNREADABLE;
    }

    /** The text as written and, where that differs, what it stands for. */
    static String shown(Node.Scalar scalar, Substitution substitution, Rules rules) {
        if (rules.secret()) {
            return "the secret";
        }
        String written = Quoted.of(scalar.text());
        return scalar.text().equals(substitution.value())
                ? written
                : written + ", which is " + Quoted.of(substitution.value()) + ',';
    }
}
