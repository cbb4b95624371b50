package io.tailrace.jobs.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class SpecSchemaTest {

    private static final String TEXT = SpecSchema.of(ShopSpec.class, "Shop");
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema SCHEMA = REGISTRY.getSchema(TEXT);

    @Test
    void isASchema() {
        Schema meta =
                REGISTRY.getSchema(
                        SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(TEXT, InputFormat.JSON)).isEmpty();
    }

    @Test
    void isStableAndEndsInALineBreak() {
        assertThat(SpecSchema.of(ShopSpec.class, "Shop")).isEqualTo(TEXT).endsWith("}\n");
    }

    @Test
    void saysWhatTheRecordsSay() throws JsonProcessingException {
        JsonNode definitions = new ObjectMapper().readTree(TEXT).get("$defs");
        JsonNode wait = definitions.at("/ShopSpec.TailSampling/properties/decision_wait");
        assertThat(wait.get("description").asText()).isEqualTo("How long to wait");
        assertThat(wait.get("default").asText()).isEqualTo("30s");
        JsonNode codes = definitions.at("/ShopSpec.Oddments/properties/codes");
        assertThat(codes.get("default").toString()).isEqualTo("[\"ERROR\"]");
        JsonNode spans = definitions.at("/ShopSpec.TailSampling/properties/max_spans_per_trace");
        assertThat(spans.get("default").isInt()).isTrue();
        assertThat(spans.get("minimum").asInt()).isEqualTo(1);
        assertThat(definitions.at("/ShopSpec.Kafka/required").toString())
                .isEqualTo("[\"bootstrap_servers\",\"topics\"]");
        assertThat(definitions.at("/ShopSpec.Source/maxProperties").asInt()).isEqualTo(1);
    }

    @Test
    void acceptsTheGoodSpec() {
        assertThat(errors(tree(ShopSpec.GOOD))).isEmpty();
    }

    @Test
    void acceptsReferencesInPlaceOfAnyScalar() {
        Node good = tree(ShopSpec.GOOD);
        List<List<Object>> places = new ArrayList<>();
        collect(good, List.of(), places);
        for (List<Object> place : places) {
            Node there = at(good, place);
            if (there instanceof Node.Scalar) {
                Node changed = replaced(good, place, scalar("${ANYTHING}", true));
                assertThat(errors(changed)).as("%s", place).isEmpty();
            }
        }
    }

    /** Breaks the good spec at every place in every way, and in random pairs of ways. */
    @Test
    void refusesWhatTheReaderRefusesAndNeverWhatItAccepts() {
        Node good = tree(ShopSpec.GOOD);
        Set<String> refused = new HashSet<>();
        List<Node> specs = new ArrayList<>();
        for (Mutation mutation : mutations(good)) {
            specs.add(mutation.spec());
            boolean schema = errors(mutation.spec()).isEmpty();
            boolean reader = accepts(mutation.spec());
            String what = mutation.what();
            assertThat(reader && !schema).as("only the reader accepts %s", what).isFalse();
            if (mutation.structural()) {
                assertThat(schema).as("only the schema accepts %s", what).isEqualTo(reader);
            }
            if (!reader) {
                refused.add(what.substring(0, what.indexOf(' ')));
            }
        }
        assertThat(refused)
                .containsExactlyInAnyOrder("remove", "misspell", "add", "null", "replace");

        Random random = new Random(11);
        for (int i = 0; i < 100; i++) {
            Node once = specs.get(random.nextInt(specs.size()));
            List<Mutation> more = mutations(once);
            Mutation twice = more.get(random.nextInt(more.size()));
            if (accepts(twice.spec())) {
                assertThat(errors(twice.spec())).as("seed 11, case %d: %s", i, twice).isEmpty();
            }
        }
    }

    /**
     * @param structural whether a schema can see what is wrong, if anything is
     */
    private record Mutation(String what, boolean structural, Node spec) {}

    private static List<Mutation> mutations(Node spec) {
        List<List<Object>> places = new ArrayList<>();
        collect(spec, List.of(), places);
        List<Mutation> mutations = new ArrayList<>();
        for (List<Object> place : places) {
            if (!place.isEmpty()) {
                // One policy in an "and" is refused by the record's constructor alone.
                boolean ofAnd = place.size() > 5 && place.contains("and_sub_policy");
                boolean visible = !(ofAnd && place.get(place.size() - 1) instanceof Integer);
                mutations.add(
                        new Mutation("remove " + place, visible, replaced(spec, place, null)));
            }
            if (!place.isEmpty() && place.get(place.size() - 1) instanceof String key) {
                Node misspelt = replaced(spec, place, null);
                List<Object> wrong = new ArrayList<>(place.subList(0, place.size() - 1));
                wrong.add(key + "x");
                Node moved = replaced(misspelt, wrong, at(spec, place));
                mutations.add(new Mutation("misspell " + place, true, moved));
            }
            if (at(spec, place) instanceof Node.Mapping) {
                List<Object> added = new ArrayList<>(place);
                added.add("surprise");
                Node more = replaced(spec, added, scalar("1", true));
                mutations.add(new Mutation("add " + added, true, more));
            }
            Node nothing = new Node.Scalar("", true, true, NOWHERE);
            mutations.add(
                    new Mutation(
                            "null " + place,
                            !place.contains("and_sub_policy"),
                            replaced(spec, place, nothing)));
            for (String text :
                    List.of(
                            "[]", "{}", "[x]", "x", "12", "-1", "0.5", "true", "'7'", "1h",
                            "5KB")) {
                Node other = tree(text);
                boolean kind =
                        !(other instanceof Node.Scalar) && at(spec, place) instanceof Node.Scalar;
                mutations.add(
                        new Mutation(
                                "replace " + place + " by " + text,
                                kind,
                                replaced(spec, place, other)));
            }
        }
        return mutations;
    }

    private static final Location NOWHERE = new Location(1, "test", 0, 0);

    private static Node.Scalar scalar(String text, boolean plain) {
        return new Node.Scalar(text, plain, false, NOWHERE);
    }

    private static Node tree(String text) {
        return new YamlParser(new ProblemList()).parse(text, NOWHERE, KeyPath.ROOT);
    }

    private static boolean accepts(Node spec) {
        ProblemList problems = new ProblemList();
        Object value =
                new Binder(problems, ShopSpec.ENVIRONMENT)
                        .bind(new BlockShape(ShopSpec.class), spec, KeyPath.ROOT, Key.NO_RULES);
        return value != null && problems.isEmpty();
    }

    private static List<Error> errors(Node spec) {
        return SCHEMA.validate(NodeJson.of(spec).toString(), InputFormat.JSON);
    }

    private static void collect(Node node, List<Object> place, List<List<Object>> places) {
        places.add(place);
        if (node instanceof Node.Mapping mapping) {
            mapping.entries()
                    .forEach((key, entry) -> collect(entry.value(), and(place, key), places));
        } else if (node instanceof Node.Sequence sequence) {
            for (int i = 0; i < sequence.elements().size(); i++) {
                collect(sequence.elements().get(i), and(place, i), places);
            }
        }
    }

    private static List<Object> and(List<Object> place, Object step) {
        List<Object> longer = new ArrayList<>(place);
        longer.add(step);
        return longer;
    }

    private static Node at(Node node, List<Object> place) {
        if (place.isEmpty()) {
            return node;
        }
        List<Object> rest = place.subList(1, place.size());
        if (place.get(0) instanceof Integer index) {
            return at(((Node.Sequence) node).elements().get(index), rest);
        }
        return at(((Node.Mapping) node).entries().get(place.get(0)).value(), rest);
    }

    /** The tree with another node at a place; null takes away what is there. */
    private static Node replaced(Node node, List<Object> place, Node by) {
        if (place.isEmpty()) {
            return by;
        }
        List<Object> rest = place.subList(1, place.size());
        if (node instanceof Node.Sequence sequence) {
            List<Node> elements = new ArrayList<>(sequence.elements());
            int index = (Integer) place.get(0);
            Node element = replaced(elements.get(index), rest, by);
            if (element == null) {
                elements.remove(index);
            } else {
                elements.set(index, element);
            }
            return new Node.Sequence(elements, NOWHERE);
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>(((Node.Mapping) node).entries());
        String key = (String) place.get(0);
        Node old = entries.containsKey(key) ? entries.get(key).value() : null;
        Node value = replaced(old, rest, by);
        if (value == null) {
            entries.remove(key);
        } else {
            entries.put(key, new Node.Entry(key, NOWHERE, value));
        }
        return new Node.Mapping(entries, NOWHERE);
    }
}
