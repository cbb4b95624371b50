package io.tailrace.jobs.spec;

import com.fasterxml.jackson.databind.JsonNode;

/** Defaults, as they would be written. */
final class Defaults {

    private Defaults() {}

    /**
     * @param location of the object that lacks the key
     * @throws IllegalArgumentException where the default is not YAML
     */
    static Node node(Shape shape, String written, Location location) {
        if (shape instanceof ScalarShape || shape instanceof TypedShape) {
            return new Node.Scalar(written, false, false, location);
        }
        ProblemList problems = new ProblemList();
        Location inAnnotation = new Location(1, location.source(), 0, 0);
        Node node = new YamlParser(problems).parse(written, inAnnotation, KeyPath.ROOT);
        if (node == null || !problems.isEmpty()) {
            throw new IllegalArgumentException(
                    written + " is not a default: " + problems.inOrder());
        }
        return node;
    }

    /** The default as JSON: a number or a boolean where the type is one, else a text. */
    static JsonNode json(Shape shape, String written) {
        Location nowhere = new Location(1, "", 0, 0);
        if (shape instanceof WholeShape
                || shape instanceof RealShape
                || shape instanceof ScalarShape.Truth) {
            return NodeJson.of(new Node.Scalar(written, true, false, nowhere));
        }
        return NodeJson.of(node(shape, written, nowhere));
    }
}
