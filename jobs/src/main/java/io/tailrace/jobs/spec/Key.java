package io.tailrace.jobs.spec;

import io.tailrace.operators.settings.OneOf;
import io.tailrace.operators.settings.Setting;

import java.lang.reflect.RecordComponent;
import java.util.regex.Pattern;

/** A key of a block, from the record's component that holds its value. */
record Key(
        String name,
        String component,
        Class<?> type,
        Shape shape,
        Setting setting,
        boolean optional) {

    /** For what is under no key of its own. */
    static final Rules NO_RULES =
            new Rules(
                    false,
                    false,
                    false,
                    Double.NEGATIVE_INFINITY,
                    Double.POSITIVE_INFINITY,
                    Rules.NO_KEYS);

    static Key of(RecordComponent component) {
        Class<?> owner = component.getDeclaringRecord();
        String where = owner.getName() + '.' + component.getName();
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalArgumentException(where + " has no @Setting");
        }
        boolean optional = setting.optional() || owner.isAnnotationPresent(OneOf.class);
        if (optional && setting.defaultsTo().isEmpty() && component.getType().isPrimitive()) {
            throw new IllegalArgumentException(where + " is optional, but cannot be null");
        }
        String name =
                setting.key().isEmpty() ? Names.snakeCase(component.getName()) : setting.key();
        return new Key(
                name,
                component.getName(),
                component.getType(),
                Shape.of(component.getGenericType()),
                setting,
                optional);
    }

    boolean required() {
        return !optional && setting.defaultsTo().isEmpty();
    }

    /** What holds where nothing is written; empty where that is nothing. */
    String documentedDefault() {
        return setting.defaultsTo().isEmpty() ? setting.otherwise() : setting.defaultsTo();
    }

    Rules rules() {
        return new Rules(
                required(),
                setting.secret(),
                setting.exists(),
                setting.least(),
                setting.most(),
                setting.secretKeys().isEmpty()
                        ? Rules.NO_KEYS
                        : Pattern.compile(setting.secretKeys()));
    }
}
