package io.tailrace.jobs.run;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.ValueCheck;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of Flink that are usual in a spec, with the older names that Flink still takes.
 * Values that Flink would refuse are found before it reads them, some time after the start. All
 * others are left to Flink.
 */
public final class UsualOptions {

    private static final List<Class<?>> USUAL =
            List.of(
                    CoreOptions.class,
                    CheckpointingOptions.class,
                    ExecutionOptions.class,
                    PipelineOptions.class,
                    RestartStrategyOptions.class,
                    StateBackendOptions.class,
                    TaskManagerOptions.class);

    private static final Map<String, ConfigOption<?>> OPTIONS = options();

    private UsualOptions() {}

    /** The key that Flink has today for an option; the key itself where it is not a usual one. */
    static String today(String key) {
        return OPTIONS.containsKey(key) ? OPTIONS.get(key).key() : key;
    }

    /** Reports values that Flink would refuse. */
    public static final class Check implements ValueCheck<Map<String, String>> {
        @Override
        public void check(Map<String, String> options, Checked.Problems problems) {
            Configuration configuration = Configuration.fromMap(options);
            for (String key : options.keySet()) {
                ConfigOption<?> option = OPTIONS.get(key);
                if (option == null) {
                    continue;
                }
                try {
                    configuration.get(option);
                } catch (IllegalArgumentException refused) {
                    problems.expected(key, "what Flink takes: " + words(refused));
                }
            }
            String parallelism = CoreOptions.DEFAULT_PARALLELISM.key();
            if (options.containsKey(parallelism) && isBelowOne(options.get(parallelism))) {
                problems.expected(parallelism, "a whole number at least 1");
            }
        }
    }

    private static boolean isBelowOne(String number) {
        return number.matches("-\\d+|0+");
    }

    private static String words(Throwable refused) {
        Throwable cause = refused;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).split("\\R", 2)[0];
    }

    private static Map<String, ConfigOption<?>> options() {
        Map<String, ConfigOption<?>> options = new HashMap<>();
        for (Class<?> holder : USUAL) {
            for (Field field : holder.getFields()) {
                if (Modifier.isStatic(field.getModifiers())
                        && field.getType() == ConfigOption.class) {
                    ConfigOption<?> option = read(field);
                    options.put(option.key(), option);
                    option.fallbackKeys().forEach(old -> options.putIfAbsent(old.getKey(), option));
                }
            }
        }
        return options;
    }

    private static ConfigOption<?> read(Field field) {
        try {
            return (ConfigOption<?>) field.get(null);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("A public field", impossible);
        }
    }
}
