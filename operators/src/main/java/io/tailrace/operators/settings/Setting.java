package io.tailrace.operators.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a record's component what a user may set there. The record that holds the value is the
 * one place for its name (the component's, in snake case), type, default, range and meaning;
 * reading, checking, the JSON Schema and the README's tables all come from here.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

    /** Its meaning, in a sentence without a full stop. */
    String value();

    /** Its key, where the component cannot bear that name, as with {@code default}. */
    String key() default "";

    /**
     * The default as it would be written, an object or a list in flow style; without one, and not
     * optional, it is required.
     */
    String defaultsTo() default "";

    /** Of what may be left out: what then holds, for the documentation alone. */
    String otherwise() default "";

    /** Whether it may be left out, which gives null or an empty list or map. */
    boolean optional() default false;

    /** Least number, of durations in milliseconds, of sizes in bytes, of lists their elements. */
    double least() default Double.NEGATIVE_INFINITY;

    /** Greatest number, likewise. */
    double most() default Double.POSITIVE_INFINITY;

    /** Whether the value is a secret, which a spec may name but not hold. */
    boolean secret() default false;

    /** Of a map of texts: a regular expression for the whole of those keys that hold secrets. */
    String secretKeys() default "";

    /** Of a path: whether there must be a file or folder already. */
    boolean exists() default false;

    /** Of a list of objects: the key under which no two may have the same. */
    String distinct() default "";

    /** A rule of the value's own. */
    Class<? extends ValueCheck<?>> check() default ValueCheck.None.class;
}
