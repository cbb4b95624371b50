package io.tailrace.sinks.jdbc.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.operators.sampling.decision.Decision;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.span.TraceId;
import io.tailrace.sinks.jdbc.WriterHarness;
import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import io.tailrace.sinks.message.DecisionFormat;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** A row says of a decision what its JSON says. */
@ExtendWith(PostgresExtension.class)
class DecisionTableTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] TEXTS = {
        null,
        "",
        "checkout",
        "nul\0inside",
        "back\\slash",
        "\\u0000",
        "\\\0",
        "\\\\\0\0",
        "\ud83d\ude00",
        "\"quoted\"\n"
    };

    private PostgresDatabase database;

    @BeforeEach
    void migrate(PostgresDatabase fresh) throws Exception {
        database = fresh;
        SchemaMigration.run(database.asDatabase());
    }

    private WriterHarness<DecisionRecord> writer(DecisionRows rows) throws Exception {
        return new WriterHarness<>(database.settings(), new DecisionTable("shop", rows, WEEK));
    }

    @Test
    void holdsWhatTheJsonHolds() throws Exception {
        Random random = new Random(3);
        List<DecisionRecord> records = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            records.add(record(random, new TraceId(random.nextLong(), i)));
        }
        try (WriterHarness<DecisionRecord> writer = writer(DecisionRows.ALL)) {
            for (DecisionRecord record : records) {
                writer.write(record);
            }
            writer.checkpoint();
            assertThat(writer.metric("rows_written")).isEqualTo(500);
        }
        List<JsonNode> rows = new ArrayList<>();
        for (String row : database.texts("select to_json(d) from apm_sampling_decision d")) {
            ObjectNode json = (ObjectNode) JSON.readTree(row);
            assertThat(json.remove("job").asText()).isEqualTo("shop");
            rows.add(json);
        }
        List<JsonNode> expected = new ArrayList<>();
        for (DecisionRecord record : records) {
            expected.add(withoutNuls(record));
        }
        assertThat(rows)
                .usingElementComparator(DecisionTableTest::compare)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Numbers by value, however they are written; members in any order. */
    private static int compare(JsonNode a, JsonNode b) {
        boolean same =
                a.equals(
                        (x, y) ->
                                x.isNumber() && y.isNumber()
                                        ? x.decimalValue().compareTo(y.decimalValue())
                                        : x.equals(y) ? 0 : 1,
                        b);
        return same ? 0 : 1;
    }

    private static JsonNode withoutNuls(DecisionRecord record) throws IOException {
        ObjectNode json = (ObjectNode) JSON.readTree(new DecisionFormat().toBytes(record));
        for (String name : List.of("policy", "root_service", "root_name")) {
            if (json.get(name).isTextual()) {
                json.put(name, json.get(name).asText().replace('\0', '\ufffd'));
            }
        }
        ObjectNode votes = JSON.createObjectNode();
        json.get("votes")
                .properties()
                .forEach(vote -> votes.set(vote.getKey().replace('\0', '\ufffd'), vote.getValue()));
        json.set("votes", votes);
        return json;
    }

    private static DecisionRecord record(Random random, TraceId traceId) {
        Map<String, Vote> votes = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            votes.put(i + text(random), any(random, Vote.values()));
        }
        Verdict verdict = any(random, Verdict.values());
        Double count = random.nextBoolean() ? null : 1 + random.nextDouble() * 1e6;
        return new DecisionRecord(
                traceId,
                new Decision(verdict, text(random), null, votes, null),
                any(random, Trigger.values()),
                random.nextInt(Integer.MAX_VALUE),
                random.nextLong(Long.MAX_VALUE),
                random.nextLong(),
                random.nextLong(),
                text(random),
                text(random),
                random.nextLong(),
                random.nextLong(),
                random.nextInt(Integer.MAX_VALUE),
                count,
                random.nextBoolean());
    }

    private static String text(Random random) {
        return any(random, TEXTS);
    }

    private static <T> T any(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static DecisionRecord decided(long id, long time, Verdict verdict) {
        DecisionRecord any = record(new Random(id), new TraceId(1, id));
        return new DecisionRecord(
                any.traceId(),
                new Decision(verdict, "all", null, Map.of("all", Vote.SAMPLED), null),
                Trigger.DEADLINE,
                1,
                1,
                1,
                1,
                any.rootService(),
                any.rootName(),
                time,
                time,
                0,
                null,
                true);
    }

    @Test
    void hasRowsOfKeptTracesOnlyUnlessAskedForAll() throws Exception {
        for (DecisionRows rows : DecisionRows.values()) {
            try (WriterHarness<DecisionRecord> writer = writer(rows)) {
                long id = 1;
                for (Verdict verdict : Verdict.values()) {
                    writer.write(decided(id++, 1000, verdict));
                }
                writer.checkpoint();
            }
            List<String> decisions =
                    database.texts("select decision from apm_sampling_decision order by trace_id");
            switch (rows) {
                case KEPT -> assertThat(decisions).containsExactly("sampled");
                case ALL ->
                        assertThat(decisions).containsExactly("sampled", "not_sampled", "dropped");
            }
        }
    }

    @Test
    void aDecisionThatComesAgainIsOneRow() throws Exception {
        for (int life = 0; life < 2; life++) {
            try (WriterHarness<DecisionRecord> writer = writer(DecisionRows.KEPT)) {
                writer.write(decided(1, 1000, Verdict.SAMPLED));
                writer.checkpoint();
                writer.write(decided(1, 1000, Verdict.SAMPLED));
                writer.write(decided(1, 1000, Verdict.SAMPLED));
                writer.checkpoint();
            }
        }
        assertThat(database.number("select count(*) from apm_sampling_decision")).isEqualTo(1);
    }

    @Test
    void eachJobForgetsItsOwnDecisions() throws Exception {
        long week = WEEK.toMillis();
        try (WriterHarness<DecisionRecord> writer = writer(DecisionRows.KEPT);
                WriterHarness<DecisionRecord> other =
                        new WriterHarness<>(
                                database.settings(),
                                new DecisionTable("other", DecisionRows.KEPT, WEEK))) {
            writer.write(decided(1, 1000, Verdict.SAMPLED));
            writer.write(decided(2, 3000, Verdict.SAMPLED));
            other.write(decided(3, 1000, Verdict.SAMPLED));
            other.checkpoint();
            writer.watermark(2000 + week);
            writer.checkpoint();
        }
        assertThat(database.texts("select right(trace_id, 1) from apm_sampling_decision"))
                .containsExactlyInAnyOrder("2", "3");
    }

    @Test
    void aServiceWithAnEndlessNameIsNotRefused() throws Exception {
        DecisionRecord any = decided(1, 1000, Verdict.SAMPLED);
        Random random = new Random(1);
        StringBuilder name = new StringBuilder();
        // Of any characters, which an index cannot compress.
        random.ints(1024, 0x10000, 0x10ffff).forEach(name::appendCodePoint);
        try (WriterHarness<DecisionRecord> writer = writer(DecisionRows.KEPT)) {
            writer.write(
                    new DecisionRecord(
                            any.traceId(),
                            any.decision(),
                            any.trigger(),
                            1,
                            1,
                            1,
                            1,
                            name.toString(),
                            null,
                            1,
                            1,
                            0,
                            null,
                            true));
            writer.checkpoint();
        }
        assertThat(database.texts("select root_service from apm_sampling_decision"))
                .singleElement()
                .isEqualTo(name.substring(0, 600));
    }
}
