package io.tailrace.jobs.spec;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns the parser's graph into a tree: aliases become copies, merge keys what they merge. */
final class NodeBuilder {

    /** A few aliases of aliases can stand for billions of nodes. */
    private static final int MOST_NODES = 100_000;

    private static final int DEEPEST = 100;
    private static final String STANDARD_TAGS = "tag:yaml.org,2002:";
    private static final Set<String> UNUSUAL_TAGS = Set.of("binary", "omap", "pairs", "set");

    private final ProblemList problems;
    private final Location start;
    private final Set<org.yaml.snakeyaml.nodes.Node> open =
            Collections.newSetFromMap(new IdentityHashMap<>());
    private int nodes;

    /**
     * @param start where the text begins; only in a file (order zero) are there lines to tell
     */
    NodeBuilder(ProblemList problems, Location start) {
        this.problems = problems;
        this.start = start;
    }

    /**
     * @throws YAMLException where the tree would be too large or have no end
     */
    Node build(org.yaml.snakeyaml.nodes.Node node, KeyPath path) {
        return build(node, path, at(node));
    }

    /**
     * @param named where the key is that names this node, or the node itself
     */
    private Node build(org.yaml.snakeyaml.nodes.Node node, KeyPath path, Location named) {
        if (++nodes > MOST_NODES || open.size() > DEEPEST) {
            throw new YAMLException("its aliases stand for too much");
        }
        if (!open.add(node)) {
            throw new YAMLException("the alias at " + path.text() + " stands for what holds it");
        }
        refuseUnusualTag(node, path);
        Node built;
        if (node instanceof MappingNode mapping) {
            built = new Node.Mapping(entries(mapping, path), named);
        } else if (node instanceof SequenceNode sequence) {
            built = new Node.Sequence(elements(sequence, path), at(node));
        } else {
            ScalarNode scalar = (ScalarNode) node;
            boolean absent = scalar.getTag().equals(Tag.NULL);
            // An empty value has its mark wherever the next token begins.
            Location location = absent ? named : at(node);
            built = new Node.Scalar(scalar.getValue(), scalar.isPlain(), absent, location);
        }
        open.remove(node);
        return built;
    }

    private List<Node> elements(SequenceNode sequence, KeyPath path) {
        List<Node> elements = new ArrayList<>();
        for (org.yaml.snakeyaml.nodes.Node element : sequence.getValue()) {
            elements.add(build(element, path.index(elements.size())));
        }
        return elements;
    }

    private Map<String, Node.Entry> entries(MappingNode mapping, KeyPath path) {
        Map<String, Node.Entry> own = new LinkedHashMap<>();
        Map<String, Node.Entry> merged = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Location location = at(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(location, path, "a list or an object is not a key", "a text as key");
            } else if (key.getTag().equals(Tag.MERGE)) {
                merge(tuple.getValueNode(), path, merged);
            } else if (own.containsKey(key.getValue())) {
                String first = place(own.get(key.getValue()).location());
                problems.add(
                        location,
                        path.key(key.getValue()),
                        "is given twice" + first,
                        "each key once");
            } else {
                KeyPath below = path.key(key.getValue());
                Node value = build(tuple.getValueNode(), below, location);
                own.put(key.getValue(), new Node.Entry(key.getValue(), location, value));
            }
        }
        merged.forEach(own::putIfAbsent);
        return own;
    }

    /** What comes first counts, as in YAML's own definition of merge keys. */
    private void merge(
            org.yaml.snakeyaml.nodes.Node value, KeyPath path, Map<String, Node.Entry> merged) {
        Node source = build(value, path);
        List<Node> sources =
                source instanceof Node.Sequence sequence ? sequence.elements() : List.of(source);
        for (Node each : sources) {
            if (each instanceof Node.Mapping mapping) {
                mapping.entries().forEach(merged::putIfAbsent);
            } else {
                problems.add(
                        at(value),
                        path.key("<<"),
                        "is no object",
                        "an object or a list of objects");
            }
        }
    }

    private void refuseUnusualTag(org.yaml.snakeyaml.nodes.Node node, KeyPath path) {
        String tag = node.getTag().getValue();
        boolean standard =
                tag.startsWith(STANDARD_TAGS)
                        && !UNUSUAL_TAGS.contains(tag.substring(STANDARD_TAGS.length()));
        if (!standard) {
            problems.add(at(node), path, "has a tag that means nothing here", "no tag");
        }
    }

    private String place(Location first) {
        return first.line() == 0 ? "" : ", first in line " + first.line();
    }

    private Location at(org.yaml.snakeyaml.nodes.Node node) {
        Mark mark = node.getStartMark();
        return start.order() > 0 || mark == null
                ? start
                : Location.inFile(start.source(), mark.getLine() + 1, mark.getColumn() + 1);
    }
}
