package io.tailrace.sinks.jdbc.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.operators.application.Application;
import io.tailrace.operators.discovery.Endpoint;
import io.tailrace.operators.discovery.Entity;
import io.tailrace.operators.discovery.Host;
import io.tailrace.operators.discovery.HostState;
import io.tailrace.operators.discovery.InventoryChange;
import io.tailrace.operators.discovery.InventoryChange.Operation;
import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.NodeKind;
import io.tailrace.operators.discovery.Relation;
import io.tailrace.operators.discovery.Sdk;
import io.tailrace.operators.discovery.TopoNode;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Origin;
import io.tailrace.sinks.inventory.InventoryFormat;
import io.tailrace.sinks.inventory.RandomInventory;
import io.tailrace.sinks.inventory.ThingId;
import io.tailrace.sinks.jdbc.WriterHarness;
import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Which rows an inventory's tables have after its changes. */
@ExtendWith(PostgresExtension.class)
class InventoryTableTest {

    private static final long TIME = RandomInventory.TIME;
    private static final Application SHOP = new Application(2, "shop");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration HOUR = Duration.ofHours(1);

    private PostgresDatabase database;

    @BeforeEach
    void migrate(PostgresDatabase fresh) throws Exception {
        database = fresh;
        SchemaMigration.run(database.asDatabase());
    }

    private WriterHarness<InventoryChange> writer(int batchRows) throws Exception {
        return new WriterHarness<>(
                database.settings(batchRows, HOUR, Duration.ofSeconds(30)),
                InventoryTable.all(HOUR),
                1,
                0);
    }

    private void write(int batchRows, List<InventoryChange> changes) throws Exception {
        try (WriterHarness<InventoryChange> writer = writer(batchRows)) {
            for (InventoryChange change : changes) {
                writer.write(change);
            }
            writer.endInput();
        }
    }

    private void write(InventoryChange... changes) throws Exception {
        write(100, List.of(changes));
    }

    private static InventoryChange upsert(Item item, long first, long last, HostState host) {
        return new InventoryChange(
                Operation.UPSERT, SHOP, item, first, last, last + RandomInventory.TTL, host);
    }

    private static InventoryChange upsert(Item item, long last) {
        return upsert(item, TIME, last, null);
    }

    private static InventoryChange expire(Item item, long last) {
        return new InventoryChange(Operation.EXPIRE, SHOP, item.identity(), TIME, last, last, null);
    }

    @Test
    void aRowHoldsWhatTheJsonHolds() throws Exception {
        RandomInventory random = new RandomInventory(1, 1000);
        Map<UUID, InventoryChange> changes = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            InventoryChange change = random.upsert();
            changes.put(ThingId.of(change), change);
        }
        write(100, List.copyOf(changes.values()));

        Map<UUID, JsonNode> rows = new HashMap<>();
        for (Entity entity : Entity.values()) {
            for (JsonNode row : Rows.of(database, entity)) {
                ObjectNode json = (ObjectNode) row;
                assertThat(json.remove("permanent").asBoolean()).isFalse();
                json.put("entity", entity.text());
                rows.put(UUID.fromString(json.remove("id").asText()), json);
            }
        }
        assertThat(rows).containsOnlyKeys(changes.keySet());
        for (Map.Entry<UUID, InventoryChange> each : changes.entrySet()) {
            InventoryChange change = each.getValue();
            ObjectNode expected =
                    (ObjectNode)
                            JSON.readTree(
                                    new String(
                                                    new InventoryFormat().toBytes(change),
                                                    StandardCharsets.UTF_8)
                                            .replace("\\u0000", "\ufffd"));
            expected.remove("op");
            expected.set("first_seen", expected.remove("first_seen_ms"));
            expected.set("last_seen", expected.remove("last_seen_ms"));
            expected.put("expires_at", change.expiresAt());
            ObjectNode row = (ObjectNode) rows.get(each.getKey());
            row.remove(List.of("category_rule", "ids_as_of", "agent_as_of"));
            assertThat(row).isEqualTo(expected);
        }
    }

    /** Whatever the batches, and whether there are rows before. */
    @Test
    void theOrderAndRepetitionOfSightingsChangeNothing() throws Exception {
        for (long seed = 1; seed <= 4; seed++) {
            RandomInventory inventory = new RandomInventory(seed, 3);
            Random random = new Random(seed);
            List<InventoryChange> changes = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                changes.add(inventory.upsert());
            }
            Rows.clear(database);
            write(1, changes);
            List<JsonNode> expected = Rows.of(database);
            assertThat(expected).hasSizeGreaterThan(20);
            for (int round = 0; round < 3; round++) {
                Rows.clear(database);
                List<InventoryChange> again = new ArrayList<>(changes);
                again.addAll(changes.subList(0, random.nextInt(changes.size())));
                Collections.shuffle(again, random);
                write(1 + random.nextInt(200), again);
                assertThat(Rows.of(database)).as("seed %d", seed).isEqualTo(expected);
            }
        }
    }

    /** By a plain reading: what was seen last, all of it where several were seen at once. */
    @Test
    void aNodeIsAsItWasSeenLast() throws Exception {
        RandomInventory inventory = new RandomInventory(5, 4);
        Map<UUID, List<InventoryChange>> sightings = new HashMap<>();
        List<InventoryChange> changes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            InventoryChange change =
                    inventory.upsert(inventory.item(Entity.TOPO_NODE), TIME + i % 7);
            changes.add(change);
            sightings.computeIfAbsent(ThingId.of(change), any -> new ArrayList<>()).add(change);
        }
        write(50, changes);

        List<JsonNode> rows = Rows.of(database, Entity.TOPO_NODE);
        assertThat(rows).hasSameSizeAs(sightings.keySet());
        for (JsonNode row : rows) {
            List<InventoryChange> all = sightings.get(UUID.fromString(row.get("id").asText()));
            long last = all.stream().mapToLong(InventoryChange::lastSeen).max().orElseThrow();
            TopoNode node =
                    all.stream()
                            .filter(change -> change.lastSeen() == last)
                            .map(change -> (TopoNode) change.item())
                            .reduce(TopoNode::merge)
                            .orElseThrow();
            assertThat(row.get("last_seen").asLong()).isEqualTo(last);
            assertThat(row.get("first_seen").asLong())
                    .isEqualTo(
                            all.stream().mapToLong(InventoryChange::firstSeen).min().orElseThrow());
            assertThat(row.get("category_rule").asInt()).isEqualTo(node.rank());
            assertThat(row.get("kind").asText()).isEqualTo(node.kind().text());
            assertThat(row.get("category").asText()).isEqualTo(node.category());
            assertThat(row.get("predicate_value").asText())
                    .isEqualTo(node.predicateValue().replace('\0', '\ufffd'));
            assertThat(row.get("language").asText()).isEqualTo(node.language());
            assertThat(row.get("platform").asText()).isEqualTo(node.platform());
            assertThat(row.get("system")).isEqualTo(JSON.valueToTree(node.systems()));
            assertThat(row.get("sdk")).isEqualTo(JSON.valueToTree(node.sdks()));
        }
    }

    /** However many a client makes up, and in whatever order they come. */
    @Test
    void aNodeListsTheFirstOfManyAlone() throws Exception {
        List<InventoryChange> changes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            TopoNode node =
                    new TopoNode(
                            "cart",
                            0,
                            NodeKind.SERVICE,
                            "rpc",
                            "grpc",
                            "java",
                            List.of("system" + i),
                            "",
                            List.of(new Sdk("sdk", "1." + i, "java")));
            changes.add(upsert(node, TIME));
        }
        Collections.shuffle(changes, new Random(1));
        write(1, changes);

        TopoNode merged =
                changes.stream()
                        .map(change -> (TopoNode) change.item())
                        .reduce(TopoNode::merge)
                        .orElseThrow();
        assertThat(merged.systems()).hasSize(TopoNode.MOST_LISTED);
        JsonNode row = Rows.of(database, Entity.TOPO_NODE).get(0);
        assertThat(row.get("system")).isEqualTo(JSON.valueToTree(merged.systems()));
        assertThat(row.get("sdk")).isEqualTo(JSON.valueToTree(merged.sdks()));
    }

    @Test
    void whatIsKnownOfAHostIsNotLostToWhatIsNot() throws Exception {
        Host host = new Host("10.0.0.1", "cart");
        String state = "select concat_ws(' ', bk_cloud_id, bk_host_id, agent_alive) from apm_host";
        write(upsert(host, TIME, TIME, HostState.NONE));
        assertThat(database.texts(state)).containsExactly("-1 -1");
        write(upsert(host, TIME, TIME, new HostState(0, 17, true)));
        assertThat(database.texts(state)).as("an answer of later").containsExactly("0 17 t");
        write(upsert(host, TIME, TIME + 5, HostState.NONE));
        assertThat(database.texts(state)).as("no answer").containsExactly("0 17 t");
        write(upsert(host, TIME, TIME + 5, new HostState(3, 18, false)));
        assertThat(database.texts(state)).as("lost").containsExactly("3 18 f");
        write(upsert(host, TIME, TIME + 5, new HostState(3, 18, true)));
        assertThat(database.texts(state)).as("found without a span").containsExactly("3 18 t");
        write(upsert(host, TIME, TIME + 4, new HostState(0, 17, false)));
        assertThat(database.texts(state)).as("of before").containsExactly("3 18 t");
        write(upsert(host, TIME, TIME + 6, new HostState(0, 17, false)));
        assertThat(database.texts(state)).as("moved, and lost again").containsExactly("0 17 f");
    }

    @Test
    void takesAwayWhatWasNotSeenSince() throws Exception {
        TopoNode web = node("web");
        TopoNode cart = node("cart");
        TopoNode mine = node("mine");
        write(upsert(web, TIME + 1), upsert(cart, TIME + 2), upsert(mine, TIME));
        database.execute("update apm_topo_node set permanent = true where topo_key = 'mine'");
        try (WriterHarness<InventoryChange> writer = writer(100)) {
            for (TopoNode each : List.of(web, cart, mine)) {
                writer.write(expire(each, TIME + 1));
            }
            writer.checkpoint();
            assertThat(writer.metric("rows_expired")).isEqualTo(1);
        }
        assertThat(database.texts("select topo_key from apm_topo_node order by 1"))
                .containsExactly("cart", "mine");
        write(upsert(mine, TIME + 3));
        assertThat(database.texts("select topo_key from apm_topo_node where permanent"))
                .as("never written by the job")
                .containsExactly("mine");
    }

    /** With rows that are there before, some of them permanent or seen later. */
    @Test
    void aBatchLeavesWhatItsChangesWouldOneByOne() throws Exception {
        for (long seed = 1; seed <= 5; seed++) {
            RandomInventory inventory = new RandomInventory(seed, 2);
            Random random = new Random(seed);
            List<InventoryChange> before = new ArrayList<>();
            List<InventoryChange> changes = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                before.add(inventory.upsert());
                changes.add(random.nextInt(3) == 0 ? inventory.expire() : inventory.upsert());
            }
            List<List<JsonNode>> tables = new ArrayList<>();
            for (int batchRows : List.of(1, 1 + random.nextInt(30), 10_000)) {
                Rows.clear(database);
                write(1, before);
                database.execute(
                        "update apm_endpoint set permanent = true where span_kind % 2 = 0");
                write(batchRows, changes);
                tables.add(Rows.of(database));
            }
            assertThat(tables.get(1)).as("seed %d", seed).isEqualTo(tables.get(0));
            assertThat(tables.get(2)).as("seed %d", seed).isEqualTo(tables.get(0));
        }
    }

    @Test
    void handsOnWhatCanNeverBeWrittenAndWritesTheRest() throws Exception {
        database.execute(
                "alter table apm_endpoint add constraint polite check (endpoint_name <> 'rude')");
        StringBuilder text = new StringBuilder();
        new Random(1).ints(2000, 0x10000, 0x10ffff).forEach(text::appendCodePoint);
        Item tooLong = new Relation(text.toString(), "b", false, NodeKind.SERVICE, "http");
        InventoryChange rude = upsert(endpoint("rude"), TIME);
        try (WriterHarness<InventoryChange> writer = writer(1000)) {
            for (int i = 0; i < 100; i++) {
                writer.write(upsert(endpoint("polite" + i), TIME));
                writer.write(
                        upsert(new Relation("a" + i, "b", true, NodeKind.SERVICE, "rpc"), TIME));
            }
            writer.write(rude);
            writer.write(upsert(tooLong, TIME));
            writer.checkpoint();

            assertThat(writer.metric("rows_written")).isEqualTo(200);
            assertThat(writer.metric("reason.constraint_violation.rows_refused")).isEqualTo(1);
            assertThat(writer.metric("reason.limit_exceeded.rows_refused")).isEqualTo(1);
            assertThat(writer.deadLetters())
                    .extracting(DeadLetter::reason)
                    .containsOnly(DeadLetter.Reason.ROW_REFUSED);
            assertThat(writer.deadLetters())
                    .extracting(DeadLetter::origin)
                    .containsExactly(
                            new Origin("apm_endpoint", null, null),
                            new Origin("apm_relation", null, null));
            DeadLetter letter = writer.deadLetters().get(0);
            assertThat(letter.error())
                    .contains("violates check constraint \"polite\"", "SQLSTATE 23514")
                    .doesNotContain("rude");
            assertThat(letter.payload()).isEqualTo(new InventoryFormat().toBytes(rude));
        }
        assertThat(database.number("select count(*) from apm_endpoint")).isEqualTo(100);
        assertThat(database.number("select count(*) from apm_relation")).isEqualTo(100);
    }

    @Test
    void takesNamesThatTogetherAreLargerThanAnEntryOfAnIndex() throws Exception {
        List<InventoryChange> changes = new ArrayList<>();
        Random random = new Random(2);
        for (int i = 0; i < 10; i++) {
            changes.add(
                    upsert(
                            new Relation(
                                    kilobyte(random),
                                    kilobyte(random),
                                    false,
                                    NodeKind.SERVICE,
                                    kilobyte(random)),
                            TIME));
        }
        write(100, changes);
        assertThat(database.number("select count(*) from apm_relation")).isEqualTo(10);
    }

    /** Of characters that cannot be compressed. */
    private static String kilobyte(Random random) {
        StringBuilder text = new StringBuilder();
        random.ints(256, 0x10000, 0x10ffff).forEach(text::appendCodePoint);
        return text.toString();
    }

    @Test
    void aViewGivesTheServiceMap() throws Exception {
        write(
                upsert(node("web"), TIME),
                upsert(new Relation("web", "cart", false, NodeKind.SERVICE, "rpc"), TIME + 1),
                upsert(new Relation("gone", "web", true, NodeKind.SERVICE, "http"), TIME + 2));
        assertThat(
                        database.texts(
                                """
                                select concat_ws(' ', biz_id, app_name, from_topo_key,
                                    coalesce(from_kind, '?'), coalesce(from_category, '?'),
                                    to_topo_key, to_kind, to_category, kind,
                                    extract(epoch from last_seen)::bigint)
                                from apm_service_map order by last_seen
                                """))
                .containsExactly(
                        "2 shop web service http cart service rpc sync 1754000000",
                        "2 shop gone ? ? web service http async 1754000000");
    }

    private static TopoNode node(String key) {
        return new TopoNode(
                key, 5, NodeKind.SERVICE, "http", "GET", "java", List.of(), "", List.of());
    }

    private static Item endpoint(String name) {
        return new Endpoint(name, "cart", "http", "http.method", "GET", 2);
    }
}
