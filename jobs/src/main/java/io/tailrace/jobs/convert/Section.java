package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Node;
import io.tailrace.jobs.spec.NodeReader;
import io.tailrace.jobs.spec.Problem;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * An object of a configuration, of which each key is taken up once: carried over, changed or left.
 * What nobody took up is told by {@link #rest}, so that nothing vanishes without a word.
 */
final class Section {

    private final Node.Mapping mapping;
    private final String path;
    private final Notes notes;
    private final Map<String, String> environment;
    private final Set<String> taken = new HashSet<>();

    Section(Node.Mapping mapping, String path, Notes notes, Map<String, String> environment) {
        this.mapping = mapping;
        this.path = path;
        this.notes = notes;
        this.environment = environment;
    }

    String path() {
        return path;
    }

    Node node() {
        return mapping;
    }

    String path(String key) {
        return path.isEmpty() ? key : path + '.' + key;
    }

    Set<String> keys() {
        return mapping.entries().keySet();
    }

    /** The value, which counts as taken up; null where there is none. */
    Node take(String key) {
        taken.add(key);
        return look(key);
    }

    /** The value, or null. */
    Node look(String key) {
        Node.Entry entry = mapping.entries().get(key);
        return entry == null || entry.value().isAbsent() ? null : entry.value();
    }

    /** A single value as text; null where there is none. */
    String text(String key) {
        return take(key) instanceof Node.Scalar scalar ? scalar.text() : null;
    }

    boolean isTrue(String key) {
        return "true".equals(text(key));
    }

    /** What is below a key, an empty object where there is none. */
    Section below(String key) {
        Node value = take(key);
        Node.Mapping object =
                value instanceof Node.Mapping given
                        ? given
                        : new Node.Mapping(Map.of(), mapping.location());
        if (value != null && !(value instanceof Node.Mapping)) {
            notes.left(value, path(key), "is no object");
        }
        return new Section(object, path(key), notes, environment);
    }

    void carried(String key) {
        Node value = take(key);
        if (value != null) {
            notes.carried(value, path(key));
        }
    }

    void changed(String key, String words) {
        Node value = take(key);
        if (value != null) {
            notes.changed(value, path(key), words);
        }
    }

    void left(String key, String reason) {
        Node value = take(key);
        if (value != null) {
            notes.left(value, path(key), reason);
        }
    }

    /** Each of these keys for the reason that a block of a spec gives against it. */
    void leftAsForeign(Class<? extends Record> block, String... keys) {
        for (String key : keys) {
            left(key, NodeReader.reasonAgainst(block, key));
        }
    }

    /**
     * Writes a value under a key of a spec, if it would do there.
     *
     * @param block the record of the spec's block
     * @param to the key there
     * @return whether it did
     */
    boolean carry(String key, Class<? extends Record> block, String to, Written.Block into) {
        return carry(key, block, to, into, node -> node, "");
    }

    /** The same of a duration, or a list of them, which may be written as Go takes them. */
    boolean carryDuration(
            String key, Class<? extends Record> block, String to, Written.Block into) {
        return carry(key, block, to, into, Section::duration, "");
    }

    /**
     * The same of a value that is changed on the way.
     *
     * @param words what became of it; empty where its key in the spec says it all
     */
    boolean carry(
            String key,
            Class<? extends Record> block,
            String to,
            Written.Block into,
            UnaryOperator<Node> as,
            String words) {
        Node value = take(key);
        if (value == null) {
            return false;
        }
        Node changed = as.apply(value);
        List<Problem> problems =
                NodeReader.problems(block, to, changed, path(key), environment).stream()
                        .filter(problem -> !problem.isUnset())
                        .toList();
        if (!problems.isEmpty()) {
            notes.left(value, path(key), Notes.reasons(problems, path(key)));
            return false;
        }
        Written written = Written.of(changed);
        into.put(to, written);
        if (!words.isEmpty()) {
            notes.changed(value, path(key), words);
        } else if (!key.equals(to)) {
            notes.changed(value, path(key), "is now " + to);
        } else if (!written.equals(Written.of(value))) {
            notes.changed(value, path(key), "is written " + SpecText.flow(written));
        } else {
            notes.carried(value, path(key));
        }
        return true;
    }

    static Node duration(Node node) {
        if (node instanceof Node.Sequence sequence) {
            return new Node.Sequence(
                    sequence.elements().stream().map(Section::duration).toList(),
                    sequence.location());
        }
        return node instanceof Node.Scalar scalar
                ? new Node.Scalar(
                        GoDuration.inSpec(scalar.text()), scalar.plain(), false, scalar.location())
                : node;
    }

    /** Tells of all that was not taken up. */
    void rest(String what) {
        for (Node.Entry entry : mapping.entries().values()) {
            if (!taken.contains(entry.key())) {
                notes.left(
                        new Node.Scalar("", true, true, entry.location()),
                        path(entry.key()),
                        "is not known as a key of " + what);
            }
        }
    }
}
