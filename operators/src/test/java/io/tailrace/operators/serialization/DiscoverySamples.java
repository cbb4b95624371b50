package io.tailrace.operators.serialization;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.discovery.Endpoint;
import io.tailrace.operators.discovery.Entity;
import io.tailrace.operators.discovery.Host;
import io.tailrace.operators.discovery.HostLost;
import io.tailrace.operators.discovery.HostLostSerializer;
import io.tailrace.operators.discovery.HostState;
import io.tailrace.operators.discovery.Instance;
import io.tailrace.operators.discovery.InventoryChange;
import io.tailrace.operators.discovery.InventoryChangeSerializer;
import io.tailrace.operators.discovery.InventoryKey;
import io.tailrace.operators.discovery.InventoryKeySerializer;
import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.ItemSerializer;
import io.tailrace.operators.discovery.NodeKind;
import io.tailrace.operators.discovery.Relation;
import io.tailrace.operators.discovery.RemoteServiceRelation;
import io.tailrace.operators.discovery.RootEndpoint;
import io.tailrace.operators.discovery.Sdk;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.discovery.SightingSerializer;
import io.tailrace.operators.discovery.TopoNode;
import io.tailrace.operators.discovery.inventory.Seen;
import io.tailrace.operators.discovery.inventory.SeenSerializer;

import java.util.List;
import java.util.stream.Stream;

/** Of what discovery keeps and sends. */
final class DiscoverySamples {

    private static final Application SHOP = new Application(2, "shop");
    private static final Sdk JAVA = new Sdk("opentelemetry", "1.2.3", "java");

    private static final List<Item> ITEMS =
            List.of(
                    new TopoNode(
                            "cart",
                            3,
                            NodeKind.SERVICE,
                            "http",
                            "GET",
                            "java",
                            List.of("grpc", "trpc"),
                            "k8s",
                            List.of(JAVA, new Sdk("other", "", ""))),
                    new TopoNode(
                            "cart-mysql",
                            TopoNode.NO_RANK,
                            NodeKind.COMPONENT,
                            "",
                            "",
                            "",
                            List.of(),
                            "",
                            List.of()),
                    new Endpoint("GET /\u00fc", "cart", "http", "http.method", "GET", 2),
                    new RootEndpoint("GET /", "cart", "http"),
                    new Host("10.0.0.1", "cart"),
                    new Instance(
                            "cart",
                            "java:cart:h:10.0.0.1:80",
                            NodeKind.SERVICE,
                            "http",
                            "GET",
                            JAVA),
                    new Relation("cart", "cart-mysql", false, NodeKind.COMPONENT, "db"),
                    new Relation("a", "http:b", true, NodeKind.REMOTE_SERVICE, "http"),
                    new RemoteServiceRelation("http:b", "GET /", "http"));

    private DiscoverySamples() {}

    static List<Samples<?>> all() {
        return List.of(
                new Samples<>("item", Item.class, new ItemSerializer(), ITEMS),
                new Samples<>(
                        "seen",
                        Seen.class,
                        new SeenSerializer(),
                        List.of(
                                new Seen(ITEMS.get(0), 5, 1L << 50, 7, Seen.NEVER),
                                new Seen(null, Long.MIN_VALUE, -1, Long.MAX_VALUE, 9))),
                new Samples<>(
                        "sighting",
                        Sighting.class,
                        new SightingSerializer(),
                        ITEMS.stream().map(item -> new Sighting(SHOP, item, 5, 1L << 50)).toList()),
                new Samples<>(
                        "inventory-key",
                        InventoryKey.class,
                        new InventoryKeySerializer(),
                        Stream.of(Entity.values())
                                .map(each -> new InventoryKey(SHOP, each))
                                .toList()),
                new Samples<>(
                        "inventory-change",
                        InventoryChange.class,
                        new InventoryChangeSerializer(),
                        List.of(
                                change(InventoryChange.Operation.UPSERT, ITEMS.get(0), null),
                                change(InventoryChange.Operation.EXPIRE, ITEMS.get(2), null),
                                change(
                                        InventoryChange.Operation.UPSERT,
                                        ITEMS.get(4),
                                        HostState.NONE),
                                change(
                                        InventoryChange.Operation.UPSERT,
                                        ITEMS.get(4),
                                        new HostState(0, 17, true)),
                                change(
                                        InventoryChange.Operation.UPSERT,
                                        ITEMS.get(4),
                                        new HostState(0, 17, false)))),
                new Samples<>(
                        "host-lost",
                        HostLost.class,
                        new HostLostSerializer(),
                        List.of(
                                new HostLost(2, 0, "10.0.0.1", "", 99),
                                new HostLost(-1, 5, "", "agent", 0))));
    }

    private static InventoryChange change(
            InventoryChange.Operation operation, Item item, HostState host) {
        return new InventoryChange(operation, SHOP, item, 5, 7, 9, host);
    }
}
