package io.tailrace.jobs.spec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a spec in YAML into the record that says which keys it has. */
public final class SpecReader {

    private SpecReader() {}

    /**
     * Reads a file.
     *
     * @param type its components carry {@link io.tailrace.operators.settings.Setting}
     * @param sets changes such as {@code flink.parallelism.default=2}, made in their order
     * @param environment what {@code ${NAME}} stands for
     * @return the value or all problems; what cannot be opened or parsed is one of them
     * @throws IllegalArgumentException where the record itself is no description of a spec
     */
    public static <T extends Record> SpecResult<T> read(
            Path file, Class<T> type, List<String> sets, Map<String, String> environment) {
        return read(file, (name, text) -> read(name, text, type, sets, environment));
    }

    /** Reads a file with a spec of one of several kinds. */
    public static <T> SpecResult<T> read(
            Path file, SpecKinds<T> kinds, List<String> sets, Map<String, String> environment) {
        return read(file, (name, text) -> read(name, text, kinds, sets, environment));
    }

    /** Reads a file as it is written. */
    static SpecResult<Node> tree(Path file) {
        return read(
                file,
                (name, text) -> {
                    ProblemList problems = new ProblemList();
                    Node root = root(name, text, problems);
                    return problems.isEmpty()
                            ? new SpecResult.Good<>(root)
                            : new SpecResult.Bad<>(problems.inOrder());
                });
    }

    /** Reads what a file has. */
    @FunctionalInterface
    private interface TextReader<T> {
        SpecResult<T> read(String name, String text);
    }

    private static <T> SpecResult<T> read(Path file, TextReader<T> reader) {
        ProblemList problems = new ProblemList();
        Location start = Location.inFile(file.toString(), 0, 0);
        if (Files.isDirectory(file)) {
            problems.add(start, KeyPath.ROOT, "is a folder", "a file");
        } else {
            try {
                return reader.read(file.toString(), text(file));
            } catch (NoSuchFileException e) {
                problems.add(start, KeyPath.ROOT, "there is no such file", "");
            } catch (CharacterCodingException e) {
                problems.add(start, KeyPath.ROOT, "is not in UTF-8", "a text in UTF-8");
            } catch (IOException e) {
                String words = "cannot be read: " + Quoted.oneLine(String.valueOf(e.getMessage()));
                problems.add(start, KeyPath.ROOT, words, "");
            }
        }
        return new SpecResult.Bad<>(problems.inOrder());
    }

    /**
     * The keys of a spec as they are written, be they right or not.
     *
     * @return none where the file is no YAML that can be read
     */
    public static Optional<Set<String>> keys(Path file, SpecKinds<?> kinds, List<String> sets) {
        return written(file, kinds, sets).map(SpecReader::keys);
    }

    /**
     * The keys of a block as they are written, be they right or not.
     *
     * @param block one of the spec's own keys
     * @return none where the file is no YAML that can be read
     */
    public static Optional<Set<String>> keys(
            Path file, SpecKinds<?> kinds, List<String> sets, String block) {
        return written(file, kinds, sets)
                .map(
                        root -> {
                            Node.Entry entry =
                                    root instanceof Node.Mapping spec
                                            ? spec.entries().get(block)
                                            : null;
                            return entry == null ? Set.of() : keys(entry.value());
                        });
    }

    /**
     * One of a spec's own values as it is written.
     *
     * @return none where it has no such value, or is no YAML that can be read
     */
    public static Optional<String> text(Path file, String key) {
        ProblemList problems = new ProblemList();
        try {
            Node root =
                    new YamlParser(problems)
                            .parse(
                                    text(file),
                                    Location.inFile(file.toString(), 1, 1),
                                    KeyPath.ROOT);
            return scalar(root, key);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * One of a spec's own values, with the changes, its references replaced.
     *
     * @return none where it has no such value, or is no YAML that can be read
     */
    public static Optional<String> text(
            Path file,
            SpecKinds<?> kinds,
            List<String> sets,
            Map<String, String> environment,
            String key) {
        return written(file, kinds, sets)
                .flatMap(root -> scalar(root, key))
                .map(text -> Substitution.of(text, environment).value());
    }

    private static Optional<String> scalar(Node root, String key) {
        return root instanceof Node.Mapping spec
                        && spec.entries().get(key) != null
                        && spec.entries().get(key).value() instanceof Node.Scalar scalar
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    private static Set<String> keys(Node node) {
        return node instanceof Node.Mapping written ? written.entries().keySet() : Set.of();
    }

    private static Optional<Node> written(Path file, SpecKinds<?> kinds, List<String> sets) {
        try {
            BlockShape shape = new BlockShape(kinds.any());
            return Optional.ofNullable(
                    root(file.toString(), text(file), shape, sets, new ProblemList()));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static String text(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    /** With the changes; null, after a problem, where the text is no YAML. */
    private static Node root(
            String name, String text, BlockShape shape, List<String> sets, ProblemList problems) {
        Node root = root(name, text, problems);
        if (root == null) {
            return null;
        }
        Overrides overrides = new Overrides(problems, shape);
        for (int i = 0; i < sets.size(); i++) {
            root = overrides.apply(root, sets.get(i), i + 1);
        }
        return root;
    }

    private static Node root(String name, String text, ProblemList problems) {
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return new YamlParser(problems).parse(content, Location.inFile(name, 1, 1), KeyPath.ROOT);
    }

    /**
     * Reads a text.
     *
     * @param name stands for the file in problems
     */
    public static <T extends Record> SpecResult<T> read(
            String name,
            String text,
            Class<T> type,
            List<String> sets,
            Map<String, String> environment) {
        return readAs(name, text, type, type, sets, environment);
    }

    /** Reads a text with a spec of one of several kinds. */
    public static <T> SpecResult<T> read(
            String name,
            String text,
            SpecKinds<T> kinds,
            List<String> sets,
            Map<String, String> environment) {
        Node root = root(name, text, new BlockShape(kinds.any()), sets, new ProblemList());
        Node.Entry foreign = kinds.foreign(root, environment);
        if (foreign != null) {
            ProblemList problems = new ProblemList();
            problems.add(
                    foreign.value().location(),
                    KeyPath.ROOT.key(kinds.key()),
                    Quoted.of(Binder.written(foreign.value())) + " is another kind",
                    "one of: " + String.join(", ", kinds.types().keySet()));
            return new SpecResult.Bad<>(problems.inOrder());
        }
        Class<? extends Record> type = kinds.of(root, environment);
        return readAs(name, text, type, kinds.common(), sets, environment);
    }

    private static <T> SpecResult<T> readAs(
            String name,
            String text,
            Class<? extends Record> type,
            Class<T> result,
            List<String> sets,
            Map<String, String> environment) {
        ProblemList problems = new ProblemList();
        BlockShape shape = new BlockShape(type);
        Node root = root(name, text, shape, sets, problems);
        if (root == null) {
            return new SpecResult.Bad<>(problems.inOrder());
        }
        Object value =
                new Binder(problems, environment).bind(shape, root, KeyPath.ROOT, Key.NO_RULES);
        if (value == null) {
            String keys = String.join(", ", shape.shapes().keySet());
            problems.add(
                    root.location(), KeyPath.ROOT, "is empty", "an object with keys of: " + keys);
        }
        return problems.isEmpty()
                ? new SpecResult.Good<>(result.cast(value))
                : new SpecResult.Bad<>(problems.inOrder());
    }
}
