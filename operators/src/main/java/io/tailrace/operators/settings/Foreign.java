package io.tailrace.operators.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a record of settings which keys users of another program will bring along, and why there
 * are none such here.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Foreign {

    Key[] value();

    /** Such a key. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({})
    @interface Key {
        String name();

        /** Why it is not needed, or what to write instead; to follow a colon. */
        String reason();
    }
}
