package io.tailrace.jobs.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.operators.settings.Setting;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Describes a spec as a JSON Schema (draft 2020-12), for editors. It accepts whatever {@link
 * SpecReader} accepts, and what it cannot express (references, ranges of durations, checks between
 * keys) is left to the reader.
 */
public final class SpecSchema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<Class<?>, String> names = new LinkedHashMap<>();
    private final Deque<BlockShape> toDefine = new ArrayDeque<>();

    private SpecSchema() {}

    /** The schema in several lines, always the same for the same records. */
    public static String of(Class<? extends Record> type, String title) {
        SpecSchema schema = new SpecSchema();
        return inLines(schema.document(schema.reference(new BlockShape(type)), title));
    }

    /** The same of specs of several kinds. */
    public static String of(SpecKinds<?> kinds, String title) {
        SpecSchema schema = new SpecSchema();
        return inLines(schema.document(schema.kinds(kinds), title));
    }

    /** The key that says the kind, and what follows from it. */
    private ObjectNode kinds(SpecKinds<?> kinds) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        ObjectNode kind = JSON.objectNode();
        kinds.choice().describe(kind, Key.NO_RULES);
        schema.putObject("properties").set(kinds.key(), kind);
        schema.putArray("required").add(kinds.key());
        ArrayNode all = schema.putArray("allOf");
        kinds.types()
                .forEach(
                        (spelling, type) -> {
                            ObjectNode rule = all.addObject();
                            ObjectNode condition = rule.putObject("if");
                            condition
                                    .putObject("properties")
                                    .putObject(kinds.key())
                                    .put("const", spelling);
                            condition.putArray("required").add(kinds.key());
                            rule.set("then", reference(new BlockShape(type)));
                        });
        return schema;
    }

    private static String inLines(ObjectNode schema) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        try {
            return new ObjectMapper().writer(printer).writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON is always writable", e);
        }
    }

    private ObjectNode document(ObjectNode root, String title) {
        ObjectNode document = JSON.objectNode();
        document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.put("title", title);
        document.setAll(root);
        ObjectNode definitions = document.putObject("$defs");
        while (!toDefine.isEmpty()) {
            BlockShape shape = toDefine.removeFirst();
            definitions.set(names.get(shape.type()), block(shape));
        }
        return document;
    }

    private ObjectNode reference(BlockShape shape) {
        if (!names.containsKey(shape.type())) {
            names.put(shape.type(), name(shape.type()));
            toDefine.addLast(shape);
        }
        return JSON.objectNode().put("$ref", "#/$defs/" + names.get(shape.type()));
    }

    /** The record's name without its package, unless another record has that too. */
    private String name(Class<?> type) {
        String full = type.getName().replace('$', '.');
        String packageName = type.getPackageName();
        String name = packageName.isEmpty() ? full : full.substring(packageName.length() + 1);
        while (names.containsValue(name) && name.length() < full.length()) {
            int dot = full.lastIndexOf('.', full.length() - name.length() - 2);
            name = full.substring(dot + 1);
        }
        return name;
    }

    private ObjectNode block(BlockShape shape) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        if (!shape.meaning().isEmpty()) {
            schema.put("description", shape.meaning());
        }
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        for (Key key : shape.keys()) {
            if (key.shape() instanceof TypedShape typed) {
                typed(typed, key, schema, properties);
                if (key.required()) {
                    required.add(typed.key());
                }
                continue;
            }
            properties.set(key.name(), property(key, shape.oneOf()));
            if (key.required()) {
                required.add(key.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        schema.put("additionalProperties", false);
        if (shape.oneOf()) {
            schema.put("minProperties", 1).put("maxProperties", 1);
        }
        return schema;
    }

    private ObjectNode property(Key key, boolean oneOf) {
        ObjectNode schema = shape(key.shape(), key.rules());
        boolean nullable = !key.required() && !oneOf;
        ObjectNode property = nullable ? nullable(schema) : schema;
        return annotated(property, key);
    }

    private static ObjectNode annotated(ObjectNode property, Key key) {
        Setting setting = key.setting();
        ObjectNode annotated = JSON.objectNode().put("description", setting.value());
        annotated.setAll(property);
        if (!key.documentedDefault().isEmpty()) {
            annotated.set("default", Defaults.json(key.shape(), key.documentedDefault()));
        }
        return annotated;
    }

    private static ObjectNode nullable(ObjectNode schema) {
        if (schema.get("type") instanceof ArrayNode types) {
            types.add("null");
            return schema;
        } else if (schema.has("type")) {
            String type = schema.get("type").asText();
            schema.putArray("type").add(type).add("null");
            return schema;
        }
        ObjectNode either = JSON.objectNode();
        either.putArray("anyOf").add(schema).addObject().put("type", "null");
        return either;
    }

    private ObjectNode shape(Shape shape, Rules rules) {
        ObjectNode schema = JSON.objectNode();
        if (shape instanceof BlockShape block) {
            return reference(block);
        } else if (shape instanceof ScalarShape scalar) {
            if (rules.secret()) {
                return schema.put("type", "string").put("pattern", References.PATTERN);
            }
            scalar.describe(schema, rules);
        } else if (shape instanceof Shape.Many many) {
            schema.put("type", "array");
            schema.set("items", shape(many.element(), rules.ofElement()));
            bounds(schema, "Items", rules);
        } else if (shape instanceof Shape.Named named) {
            schema.put("type", "object");
            schema.set("additionalProperties", shape(named.value(), rules.ofElement()));
            bounds(schema, "Properties", rules);
        } else if (shape instanceof Shape.Texts) {
            schema.put("type", "object");
            if (rules.secretKeys() != Rules.NO_KEYS) {
                secretKeys(schema, rules);
            }
            // Absent values and nested objects may make more or fewer texts than there are keys.
            if (rules.leastElements() > 0) {
                schema.put("minProperties", 1);
            }
        }
        return schema;
    }

    private static void secretKeys(ObjectNode schema, Rules rules) {
        String pattern = "^(?:" + rules.secretKeys().pattern() + ")$";
        ObjectNode secret = byReference();
        secret.set("items", byReference());
        secret.set("additionalProperties", byReference());
        schema.putObject("patternProperties").set(pattern, secret);
    }

    private static ObjectNode byReference() {
        ObjectNode schema = JSON.objectNode();
        schema.putArray("type").add("string").add("array").add("object").add("null");
        return schema.put("pattern", References.PATTERN);
    }

    private static void bounds(ObjectNode schema, String what, Rules rules) {
        if (rules.leastElements() > 0) {
            schema.put("min" + what, (long) rules.leastElements());
        }
        if (Double.isFinite(rules.most())) {
            schema.put("max" + what, (long) rules.most());
        }
    }

    /** A block asks for its type, and a type for its block where the block has required keys. */
    private void typed(TypedShape typed, Key key, ObjectNode schema, ObjectNode properties) {
        Map<String, BlockShape> variants = typed.variants();
        ObjectNode type = JSON.objectNode();
        new ChoiceShape(typed.type(), new LinkedHashMap<>(variants)).describe(type, key.rules());
        properties.set(typed.key(), annotated(key.required() ? type : nullable(type), key));
        ObjectNode dependent = JSON.objectNode();
        ArrayNode all = JSON.arrayNode();
        variants.forEach(
                (name, block) -> {
                    ObjectNode reference = reference(block);
                    properties.set(name, block.mayBeEmpty() ? nullable(reference) : reference);
                    dependent.set(name, typeIs(typed, key, name));
                    if (!block.mayBeEmpty()) {
                        ObjectNode rule = all.addObject();
                        ObjectNode condition = rule.putObject("if");
                        condition.putObject("properties").putObject(typed.key()).put("const", name);
                        condition.putArray("required").add(typed.key());
                        rule.putObject("then").putArray("required").add(name);
                    }
                });
        schema.set("dependentSchemas", dependent);
        if (!all.isEmpty()) {
            schema.set("allOf", all);
        }
    }

    private static ObjectNode typeIs(TypedShape typed, Key key, String name) {
        ObjectNode schema = JSON.objectNode();
        ObjectNode type = schema.putObject("properties").putObject(typed.key());
        ArrayNode either = type.putArray("anyOf");
        either.addObject().put("const", name);
        either.addObject().put("type", "string").put("pattern", References.PATTERN);
        if (key.setting().defaultsTo().equals(name)) {
            either.addObject().put("type", "null");
        } else {
            schema.putArray("required").add(typed.key());
        }
        return schema;
    }
}
