package io.tailrace.jobs.spec;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tailrace.operators.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Specs of several kinds, told apart by one key. */
class SpecKindsTest {

    enum Fruit {
        APPLE,
        PLUM
    }

    record Apple(@Setting("Which") Fruit kind, @Setting("How red") int redness) {}

    record Plum(
            @Setting("Which") Fruit kind,
            @Setting("How blue") int blueness,
            @Setting(value = "How sweet", defaultsTo = "5") int sweetness) {}

    private static final SpecKinds<Record> KINDS =
            SpecKinds.of(
                    "kind",
                    Fruit.class,
                    Record.class,
                    Map.of(Fruit.APPLE, Apple.class, Fruit.PLUM, Plum.class));

    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(SpecSchema.of(KINDS, "Fruits"));

    private static SpecResult<Record> read(String yaml, String... sets) {
        return SpecReader.read("spec.yaml", yaml, KINDS, List.of(sets), Map.of("FRUIT", "plum"));
    }

    @Test
    void theKindSaysWhichKeysThereAre() {
        assertThat(read("{ kind: apple, redness: 3 }").value())
                .isEqualTo(new Apple(Fruit.APPLE, 3));
        assertThat(read("{ kind: plum, blueness: 3 }").value())
                .isEqualTo(new Plum(Fruit.PLUM, 3, 5));
        assertThat(read("{ kind: \"${FRUIT}\", blueness: 3 }").value()).isInstanceOf(Plum.class);
        assertThat(read("{ kind: apple, blueness: 3 }", "kind=plum").value())
                .isInstanceOf(Plum.class);
    }

    @Test
    void aWrongKindIsOneMistakeAmongTheOthers() {
        assertThat(read("{ kind: plumm, blueness: much, sweetness: 7 }").problems())
                .extracting(Problem::path)
                .containsExactly("kind", "blueness");
        assertThat(read("{ kind: pear, redness: 3 }").problems())
                .singleElement()
                .asString()
                .contains("kind")
                .contains("apple, plum");
        assertThat(read("{ redness: 3 }").problems())
                .singleElement()
                .asString()
                .contains("kind")
                .contains("is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\": \"apple\", \"redness\": 3}",
                "{\"kind\": \"plum\", \"blueness\": 3, \"sweetness\": 1}",
                "{\"kind\": \"${FRUIT}\", \"blueness\": 3}"
            })
    void theSchemaTakesEachKind(String spec) {
        assertThat(SCHEMA.validate(spec, InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\": \"apple\", \"blueness\": 3}",
                "{\"kind\": \"plum\", \"redness\": 3}",
                "{\"kind\": \"plum\"}",
                "{\"kind\": \"pear\", \"redness\": 3}",
                "{\"redness\": 3}"
            })
    void theSchemaTakesNoOther(String spec) {
        assertThat(SCHEMA.validate(spec, InputFormat.JSON)).isNotEmpty();
    }
}
