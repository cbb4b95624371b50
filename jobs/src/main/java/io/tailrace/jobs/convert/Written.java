package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Node;

import java.util.ArrayList;
import java.util.List;

/** YAML that is to be written, with comments. */
sealed interface Written {

    /**
     * A single value.
     *
     * @param quoted whether it must not be taken for a number, a truth or nothing
     */
    record Text(String text, boolean quoted) implements Written {}

    /**
     * A line of a block or a list, and what is below it.
     *
     * @param key empty in a list
     * @param comment above it; empty for none
     * @param commentedOut whether the value itself is a comment
     */
    record Line(String key, String comment, Written value, boolean commentedOut) {

        Line(String key, String comment, Written value) {
            this(key, comment, value, false);
        }
    }

    /** An object, whose keys keep the order in which they were put. */
    record Block(List<Line> lines) implements Written {

        Block() {
            this(new ArrayList<>());
        }

        Block put(String key, Written value) {
            return put(key, value, "");
        }

        Block put(String key, String text) {
            return put(key, new Text(text, false));
        }

        Block put(String key, Written value, String comment) {
            lines.add(new Line(key, comment, value));
            return this;
        }

        boolean isEmpty() {
            return lines.isEmpty();
        }

        boolean has(String key) {
            return lines.stream().anyMatch(line -> line.key().equals(key));
        }

        /** A single value; empty where there is none. */
        String text(String key) {
            return lines.stream()
                    .filter(line -> line.key().equals(key) && line.value() instanceof Text)
                    .map(line -> ((Text) line.value()).text())
                    .findFirst()
                    .orElse("");
        }
    }

    /** A list. */
    record Items(List<Line> lines) implements Written {

        Items() {
            this(new ArrayList<>());
        }

        Items add(Written value) {
            lines.add(new Line("", "", value));
            return this;
        }

        Items commentOut(Written value, String comment) {
            lines.add(new Line("", comment, value, true));
            return this;
        }

        boolean hasValues() {
            return lines.stream().anyMatch(line -> !line.commentedOut());
        }
    }

    static Items texts(List<String> texts) {
        Items items = new Items();
        texts.forEach(text -> items.add(new Text(text, false)));
        return items;
    }

    /** The same as in another file; keys without a value are left out. */
    static Written of(Node node) {
        if (node instanceof Node.Mapping mapping) {
            Block block = new Block();
            for (Node.Entry entry : mapping.entries().values()) {
                if (!entry.value().isAbsent()) {
                    block.put(entry.key(), of(entry.value()));
                }
            }
            return block;
        } else if (node instanceof Node.Sequence sequence) {
            Items items = new Items();
            sequence.elements().forEach(element -> items.add(of(element)));
            return items;
        }
        Node.Scalar scalar = (Node.Scalar) node;
        return new Text(scalar.text(), !scalar.plain());
    }
}
