package io.tailrace.jobs.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A value written as one text, with quotes or without. */
sealed interface ScalarShape extends Shape
        permits ScalarShape.Text,
                ScalarShape.Truth,
                ScalarShape.FileOrFolder,
                ChoiceShape,
                DurationShape,
                InstantShape,
                RealShape,
                SizeShape,
                WholeShape {

    Object read(String text) throws UnfitException;

    /** The type's name with its article, as in {@code 12x is not a duration}. */
    String noun();

    /** The type's name in a table. */
    String name();

    /** The number that a range is about: milliseconds, bytes; NaN where there is none. */
    default double measure(Object value) {
        return Double.NaN;
    }

    /** A bound of a range as a user would write it. */
    default String bound(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15
                ? Long.toString((long) bound)
                : Double.toString(bound);
    }

    /** Adds what JSON Schema can say of it; a text with a reference must always be allowed. */
    void describe(ObjectNode schema, Rules rules);

    /** Any text. */
    record Text() implements ScalarShape {
        @Override
        public Object read(String text) {
            return text;
        }

        @Override
        public String noun() {
            return "a text";
        }

        @Override
        public String name() {
            return "text";
        }

        @Override
        public String expected() {
            return "a text";
        }

        @Override
        public void describe(ObjectNode schema, Rules rules) {
            schema.putArray("type").add("string").add("number").add("boolean");
            if (rules.required()) {
                schema.put("minLength", 1);
            }
        }
    }

    /**
     * Only {@code true} and {@code false}: to some readers of YAML {@code on} is one, not to all.
     */
    record Truth() implements ScalarShape {
        @Override
        public Object read(String text) throws UnfitException {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                case "on", "On", "ON", "yes", "Yes", "YES", "y", "Y", "True", "TRUE" ->
                        throw new UnfitException("true");
                case "off", "Off", "OFF", "no", "No", "NO", "n", "N", "False", "FALSE" ->
                        throw new UnfitException("false");
                default -> throw new UnfitException();
            };
        }

        @Override
        public String noun() {
            return "true or false";
        }

        @Override
        public String name() {
            return "boolean";
        }

        @Override
        public String expected() {
            return "true or false";
        }

        @Override
        public void describe(ObjectNode schema, Rules rules) {
            schema.putArray("type").add("boolean").add("string");
            schema.put("pattern", References.orReference("true|false"));
        }
    }

    /** A path, relative to the working directory. */
    record FileOrFolder() implements ScalarShape {
        @Override
        public Object read(String text) throws UnfitException {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new UnfitException();
            }
        }

        @Override
        public String noun() {
            return "a path";
        }

        @Override
        public String name() {
            return "path";
        }

        @Override
        public String expected() {
            return "the path of a file or folder";
        }

        @Override
        public void describe(ObjectNode schema, Rules rules) {
            new Text().describe(schema, rules);
        }
    }
}
