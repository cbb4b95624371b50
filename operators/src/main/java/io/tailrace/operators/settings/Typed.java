package io.tailrace.operators.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A sealed interface whose records are told apart by a key. A component of such a type is written
 * among the keys of the record it belongs to: the key names the record in snake case, and the block
 * of that same name beside it holds the record's own components, as in {@code type: latency,
 * latency: {threshold_ms: 500}}. A record without required components needs no block.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Typed {

    /** The key that names the record. */
    String key() default "type";
}
