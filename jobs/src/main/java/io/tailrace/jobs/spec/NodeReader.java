package io.tailrace.jobs.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Reads YAML as it is written, for programs that know its keys themselves, and asks of a node
 * whether it would do in a spec.
 */
public final class NodeReader {

    private NodeReader() {}

    /** All of a file; what cannot be opened or parsed is a problem. */
    public static SpecResult<Node> read(Path file) {
        return SpecReader.tree(file);
    }

    /**
     * Makes a record of a node.
     *
     * @param path of the node, for problems
     * @param environment what {@code ${NAME}} stands for
     */
    public static <T extends Record> SpecResult<T> bind(
            Class<T> type, Node node, String path, Map<String, String> environment) {
        ProblemList problems = new ProblemList();
        Object value =
                new Binder(problems, environment)
                        .bind(new BlockShape(type), node, new KeyPath(path), Key.NO_RULES);
        if (value == null) {
            problems.add(node.location(), new KeyPath(path), "is empty", "an object");
        }
        return problems.isEmpty()
                ? new SpecResult.Good<>(type.cast(value))
                : new SpecResult.Bad<>(problems.inOrder());
    }

    /**
     * Why a value cannot stand under a key; empty where it can.
     *
     * @param block the record that has the key
     * @param path of the value, for problems
     */
    public static List<Problem> problems(
            Class<? extends Record> block,
            String key,
            Node value,
            String path,
            Map<String, String> environment) {
        Key known =
                new BlockShape(block)
                        .keys().stream()
                                .filter(each -> each.name().equals(key))
                                .findFirst()
                                .orElseThrow(() -> new IllegalArgumentException(block + " " + key));
        ProblemList problems = new ProblemList();
        new Binder(problems, environment)
                .bind(known.shape(), value, new KeyPath(path), known.rules());
        return problems.inOrder();
    }

    /** What a block says of a key of another program, or null. */
    public static String reasonAgainst(Class<? extends Record> block, String key) {
        return new BlockShape(block).reasonAgainst(key);
    }
}
