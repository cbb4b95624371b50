package io.tailrace.operators.span.bkjson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Spans as BlueKing's collectors write them, the same for the same seed: every kind of value, any
 * text, fields missing, null or in any order, numbers as texts, ids in either case.
 */
public final class RandomBkSpans {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_DEPTH = 3;

    /** The last microsecond of OTLP's time. */
    private static final long LAST = 18_446_744_073_709_551L;

    private static final List<String> TEXTS =
            List.of(
                    "",
                    "GET /",
                    "订单",
                    "😀\n\"\\",
                    "\u0000",
                    "error",
                    "500",
                    "-1.5",
                    "true",
                    "null");
    private static final List<String> KEYS =
            List.of(
                    "http.status_code",
                    "http.url",
                    "db.system",
                    "error",
                    "",
                    "k8s.pod.name",
                    "service.name",
                    "retries");

    private final Random random;
    private final List<ObjectNode> resources = new ArrayList<>();

    public RandomBkSpans(long seed) {
        random = new Random(seed);
        for (int i = 0; i < 3; i++) {
            resources.add(values(0));
        }
    }

    /** A span with all of its fields, as it would be in a record. */
    public ObjectNode next() {
        long start = time();
        long end =
                random.nextInt(8) == 0 ? time() : Math.min(LAST, start + random.nextInt(3_000_000));
        ObjectNode span = JSON.objectNode();
        span.put("trace_id", id(16));
        span.put("span_id", id(8));
        span.put("parent_span_id", random.nextInt(3) == 0 ? "" : id(8));
        span.put("trace_state", random.nextInt(3) == 0 ? "vendor=1" : "");
        span.put("span_name", text());
        span.put("kind", random.nextInt(6));
        span.put("start_time", start);
        span.put("end_time", end);
        span.put("elapsed_time", end - start);
        span.putObject("status").put("code", random.nextInt(3)).put("message", text());
        span.set("attributes", values(0));
        span.set("resource", resources.get(random.nextInt(resources.size())).deepCopy());
        span.set("events", some(this::event));
        span.set("links", some(this::link));
        return span;
    }

    /** The same span as another writer might put it. */
    ObjectNode variant(ObjectNode span) {
        List<String> names = new ArrayList<>();
        span.fieldNames().forEachRemaining(names::add);
        Collections.shuffle(names, random);
        ObjectNode variant = JSON.objectNode();
        for (String name : names) {
            JsonNode value = span.get(name);
            if (name.endsWith("_id") && random.nextInt(4) == 0) {
                value = JSON.textNode(value.asText().toUpperCase(Locale.ROOT));
            } else if (name.equals("elapsed_time") && random.nextInt(4) == 0) {
                value = JSON.textNode("soon");
            } else if (value.isIntegralNumber() && random.nextInt(4) == 0) {
                value = JSON.textNode(value.asText());
            } else if (isEmpty(value)) {
                int way = random.nextInt(3);
                if (way == 0) {
                    continue;
                }
                value = way == 1 ? JSON.nullNode() : value;
            }
            variant.set(name, value);
        }
        return variant;
    }

    /** A span as it is read: whole numbers that have no 64 bits become doubles. */
    public static ObjectNode asRead(ObjectNode span) {
        return (ObjectNode) withDoubles(span.deepCopy());
    }

    private static JsonNode withDoubles(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(each -> each.setValue(withDoubles(each.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withDoubles(array.get(i)));
            }
        } else if (node.isBigInteger()) {
            return JSON.numberNode(node.asDouble());
        }
        return node;
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isContainerNode() ? value.isEmpty() : value.asText().isEmpty();
    }

    private ObjectNode event() {
        ObjectNode event = JSON.objectNode();
        event.put("name", text()).put("timestamp", time()).set("attributes", values(0));
        return event;
    }

    private ObjectNode link() {
        ObjectNode link = JSON.objectNode();
        link.put("trace_id", id(16)).put("span_id", id(8)).put("trace_state", text());
        link.set("attributes", values(0));
        return link;
    }

    private ArrayNode some(Supplier<ObjectNode> one) {
        ArrayNode all = JSON.arrayNode();
        for (int count = random.nextInt(3); count > 0; count--) {
            all.add(one.get());
        }
        return all;
    }

    private ObjectNode values(int depth) {
        ObjectNode values = JSON.objectNode();
        for (int count = random.nextInt(5); count > 0; count--) {
            values.set(KEYS.get(random.nextInt(KEYS.size())), value(depth));
        }
        return values;
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth < MOST_DEPTH ? 10 : 7)) {
            case 0, 1 -> JSON.textNode(text());
            case 2 -> JSON.booleanNode(random.nextBoolean());
            case 3 -> JSON.numberNode(random.nextInt(1000) - 500);
            case 4 -> JSON.numberNode(random.nextLong() >> random.nextInt(64));
            case 5 -> JSON.numberNode(random.nextInt(100) / 4.0 - 10);
            case 6 -> JSON.nullNode();
            case 7 -> {
                ArrayNode array = JSON.arrayNode();
                for (int count = random.nextInt(4); count > 0; count--) {
                    array.add(value(depth + 1));
                }
                yield array;
            }
            case 8 -> values(depth + 1);
            default -> JSON.numberNode(BigInteger.ONE.shiftLeft(64 + random.nextInt(8)).negate());
        };
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private long time() {
        return switch (random.nextInt(10)) {
            case 0 -> 0;
            case 1 -> LAST - random.nextInt(2);
            default -> 1_714_564_800_000_000L + random.nextInt(1_000_000_000);
        };
    }

    private String id(int size) {
        byte[] id = new byte[size];
        random.nextBytes(id);
        id[0] |= 1;
        return HexFormat.of().formatHex(id);
    }
}
