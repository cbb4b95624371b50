package io.tailrace.sinks.inventory;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.discovery.Endpoint;
import io.tailrace.operators.discovery.Host;
import io.tailrace.operators.discovery.HostState;
import io.tailrace.operators.discovery.Instance;
import io.tailrace.operators.discovery.InventoryChange;
import io.tailrace.operators.discovery.InventoryChange.Operation;
import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.NodeKind;
import io.tailrace.operators.discovery.Relation;
import io.tailrace.operators.discovery.RemoteServiceRelation;
import io.tailrace.operators.discovery.RootEndpoint;
import io.tailrace.operators.discovery.Sdk;
import io.tailrace.operators.discovery.TopoNode;
import io.tailrace.sinks.message.RecordsToMessages;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** The lines that others follow an inventory by. */
class InventoryFormatTest {

    private static final Application SHOP = new Application(2, "shop");
    private static final TopoNode CART =
            new TopoNode(
                    "cart",
                    3,
                    NodeKind.SERVICE,
                    "rpc",
                    "grpc",
                    "java",
                    List.of("grpc"),
                    "k8s",
                    List.of(new Sdk("opentelemetry", "1.2", "java")));

    private static InventoryChange change(Operation operation, Item item, HostState host) {
        return new InventoryChange(operation, SHOP, item, 1000, 2000, 3000, host);
    }

    private static String line(Operation operation, Item item, HostState host) {
        return new String(
                new InventoryFormat().toBytes(change(operation, item, host)),
                StandardCharsets.UTF_8);
    }

    private static String upsert(Item item) {
        return line(Operation.UPSERT, item, null);
    }

    @Test
    void saysOfEachKindOfThingWhatItsTableSays() {
        assertThat(upsert(CART))
                .isEqualTo(
                        "{\"entity\":\"topo_node\",\"op\":\"upsert\",\"biz_id\":2,\"app_name\":\"shop\","
                                + "\"topo_key\":\"cart\",\"kind\":\"service\",\"category\":\"rpc\","
                                + "\"predicate_value\":\"grpc\",\"language\":\"java\","
                                + "\"system\":[\"grpc\"],\"platform\":\"k8s\",\"sdk\":[{\"name\":"
                                + "\"opentelemetry\",\"version\":\"1.2\",\"language\":\"java\"}],"
                                + "\"first_seen_ms\":1000,\"last_seen_ms\":2000}");
        assertThat(upsert(new Endpoint("/cart", "cart", "http", "http.method", "GET", 2)))
                .contains(
                        "\"endpoint_name\":\"/cart\",\"service_name\":\"cart\",\"category_id\":\"http\","
                                + "\"category_kind_key\":\"http.method\",\"category_kind_value\":\"GET\","
                                + "\"span_kind\":2,");
        assertThat(upsert(new RootEndpoint("/", "web", "http")))
                .contains(
                        "\"entity\":\"root_endpoint\"",
                        "\"endpoint_name\":\"/\",\"service_name\":\"web\",\"category_id\":\"http\",");
        assertThat(upsert(new Relation("web", "cart-mysql", true, NodeKind.COMPONENT, "db")))
                .contains(
                        "\"from_topo_key\":\"web\",\"to_topo_key\":\"cart-mysql\",\"kind\":\"async\","
                                + "\"to_topo_key_kind\":\"component\",\"to_topo_key_category\":\"db\",");
        assertThat(upsert(new RemoteServiceRelation("http:pay", "/buy", "http")))
                .contains(
                        "\"topo_node_key\":\"http:pay\",\"from_endpoint_name\":\"/buy\",\"category\":\"http\",");
        assertThat(
                        upsert(
                                new Instance(
                                        "cart",
                                        "java:cart:h:1:2",
                                        NodeKind.SERVICE,
                                        "rpc",
                                        "grpc",
                                        new Sdk("otel", "1", "java"))))
                .contains(
                        "\"topo_node_key\":\"cart\",\"instance_id\":\"java:cart:h:1:2\","
                                + "\"instance_topo_kind\":\"service\",\"component_instance_category\":\"rpc\","
                                + "\"component_instance_predicate_value\":\"grpc\",\"sdk_name\":\"otel\","
                                + "\"sdk_version\":\"1\",\"sdk_language\":\"java\",");
        Host host = new Host("10.0.0.1", "cart");
        assertThat(line(Operation.UPSERT, host, new HostState(0, 17, true)))
                .contains(
                        "\"ip\":\"10.0.0.1\",\"topo_node_key\":\"cart\",\"bk_cloud_id\":0,\"bk_host_id\":17,"
                                + "\"agent_alive\":true,");
        assertThat(line(Operation.UPSERT, host, HostState.NONE))
                .contains("\"bk_cloud_id\":-1,\"bk_host_id\":-1,\"agent_alive\":null,");
    }

    @Test
    void saysOfWhatHasGoneOnlyWhatTellsItApart() {
        assertThat(line(Operation.EXPIRE, CART.identity(), null))
                .isEqualTo(
                        "{\"entity\":\"topo_node\",\"op\":\"expire\",\"biz_id\":2,\"app_name\":\"shop\","
                                + "\"topo_key\":\"cart\",\"first_seen_ms\":1000,\"last_seen_ms\":2000}");
        assertThat(line(Operation.EXPIRE, new Host("10.0.0.1", "cart"), null))
                .contains("\"ip\":\"10.0.0.1\",\"topo_node_key\":\"cart\",\"first_seen_ms\"");
    }

    /** A key of before must find its row, and a topic's partition its things, in all versions. */
    @Test
    void theIdOfAThingIsForGood() throws Exception {
        InventoryChange seen = change(Operation.UPSERT, CART, null);
        InventoryChange gone = change(Operation.EXPIRE, CART.identity(), null);
        assertThat(ThingId.of(seen))
                .isEqualTo(UUID.fromString("c4d4f85e-ab5b-9d6f-c4b8-c15d944a6a89"));
        assertThat(ThingId.of(gone)).isEqualTo(ThingId.of(seen));
        assertThat(RecordsToMessages.inventory().map(gone).key())
                .isEqualTo(RecordsToMessages.inventory().map(seen).key())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo(ThingId.of(seen).toString());
    }

    @Test
    void thingsThatDifferHaveIdsThatDiffer() {
        RandomInventory random = new RandomInventory(1, 50);
        Set<List<Object>> things = new HashSet<>();
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            InventoryChange change = random.upsert();
            things.add(List.of(change.application(), change.item().identity()));
            ids.add(ThingId.of(change));
        }
        assertThat(ids).hasSameSizeAs(things);
        assertThat(ThingId.of(change(Operation.UPSERT, new RootEndpoint("ab", "c", ""), null)))
                .isNotEqualTo(
                        ThingId.of(
                                change(Operation.UPSERT, new RootEndpoint("a", "bc", ""), null)));
    }
}
