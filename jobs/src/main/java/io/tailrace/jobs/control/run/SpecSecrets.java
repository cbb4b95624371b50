package io.tailrace.jobs.control.run;

import io.tailrace.jobs.http.Secrets;
import io.tailrace.operators.settings.Setting;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;

/** All values of a spec whose settings are marked as secret, wherever they are. */
final class SpecSecrets {

    private SpecSecrets() {}

    static Secrets of(Record spec) {
        return new Secrets(within(spec));
    }

    private static Stream<String> within(Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().flatMap(SpecSecrets::within);
        }
        if (!(value instanceof Record settings)) {
            return Stream.empty();
        }
        return Arrays.stream(settings.getClass().getRecordComponents())
                .flatMap(
                        component -> {
                            Object inner = value(settings, component);
                            Setting setting = component.getAnnotation(Setting.class);
                            return setting != null && setting.secret() && inner instanceof String s
                                    ? Stream.of(s)
                                    : within(inner);
                        });
    }

    private static Object value(Record settings, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(settings);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException("Components of records can be read", impossible);
        }
    }
}
