package io.tailrace.operators.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Of a component that is itself a record of settings: its keys are written among those of the
 * record it belongs to, without a block of their own. So settings that several records share are
 * said once. It stands instead of {@link Setting}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Unwrapped {}
