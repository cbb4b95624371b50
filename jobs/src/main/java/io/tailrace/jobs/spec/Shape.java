package io.tailrace.jobs.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.operators.settings.ByteSize;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What may be written for a value of some Java type. */
sealed interface Shape
        permits ScalarShape,
                BlockShape,
                TypedShape,
                Shape.Many,
                Shape.Texts,
                Shape.Named,
                Shape.Json {

    /** To follow "expected". */
    String expected();

    /** A list. */
    record Many(Shape element) implements Shape {
        @Override
        public String expected() {
            return "a list";
        }
    }

    /** A map of texts under keys that may have dots. */
    record Texts() implements Shape {
        @Override
        public String expected() {
            return "an object of texts";
        }
    }

    /** A map of anything else under names of the user's. */
    record Named(Shape value) implements Shape {
        @Override
        public String expected() {
            return "an object";
        }
    }

    /** Whatever may be written, handed on as JSON. */
    record Json() implements Shape {
        @Override
        public String expected() {
            return "any value";
        }
    }

    /**
     * @throws IllegalArgumentException for a type no spec can hold
     */
    static Shape of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return new Many(of(arguments[0]));
            }
            if (generic.getRawType() == Map.class && arguments[0] == String.class) {
                return arguments[1] == String.class ? new Texts() : new Named(of(arguments[1]));
            }
        } else if (type == JsonNode.class) {
            return new Json();
        } else if (type instanceof Class<?> plain) {
            if (plain.isRecord() && plain != ByteSize.class) {
                return new BlockShape(plain.asSubclass(Record.class));
            }
            if (plain.isSealed() && plain.isInterface()) {
                return new TypedShape(plain);
            }
            return scalar(plain);
        }
        throw new IllegalArgumentException("no spec can hold a " + type.getTypeName());
    }

    private static Shape scalar(Class<?> type) {
        if (type == String.class) {
            return new ScalarShape.Text();
        } else if (type == boolean.class || type == Boolean.class) {
            return new ScalarShape.Truth();
        } else if (type == int.class || type == Integer.class) {
            return new WholeShape(Integer.MIN_VALUE, Integer.MAX_VALUE, true);
        } else if (type == long.class || type == Long.class) {
            return new WholeShape(Long.MIN_VALUE, Long.MAX_VALUE, false);
        } else if (type == double.class || type == Double.class) {
            return new RealShape();
        } else if (type == Duration.class) {
            return new DurationShape();
        } else if (type == ByteSize.class) {
            return new SizeShape();
        } else if (type == Path.class) {
            return new ScalarShape.FileOrFolder();
        } else if (type == Instant.class) {
            return new InstantShape();
        } else if (type.isEnum()) {
            return ChoiceShape.of(type);
        }
        throw new IllegalArgumentException("no spec can hold a " + type.getTypeName());
    }
}
