package io.tailrace.jobs.spec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.operators.settings.Spelled;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One of an enum's constants, under the spellings a user writes. */
record ChoiceShape(Class<?> type, Map<String, Object> constants) implements ScalarShape {

    static ChoiceShape of(Class<?> type) {
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(spelling(constant), constant);
        }
        return new ChoiceShape(type, Collections.unmodifiableMap(constants));
    }

    private static String spelling(Object constant) {
        return constant instanceof Spelled spelled
                ? spelled.spelling()
                : ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Object read(String text) throws UnfitException {
        Object constant = constants.get(text);
        if (constant == null) {
            throw new UnfitException(Suggestions.nearest(text, constants.keySet()));
        }
        return constant;
    }

    @Override
    public String noun() {
        return "one of the choices";
    }

    @Override
    public String name() {
        return constants.keySet().stream()
                .map(each -> '`' + each + '`')
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }

    @Override
    public String expected() {
        return "one of: " + String.join(", ", constants.keySet());
    }

    @Override
    public void describe(ObjectNode schema, Rules rules) {
        ArrayNode either = schema.putArray("anyOf");
        either.addObject().putPOJO("enum", constants.keySet());
        either.addObject().put("type", "string").put("pattern", References.PATTERN);
    }
}
