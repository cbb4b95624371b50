package io.tailrace.sinks.inventory;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.discovery.Endpoint;
import io.tailrace.operators.discovery.Entity;
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

import java.util.List;
import java.util.Random;

/** Changes of things of all kinds, of which there are few, so that they meet often. */
public final class RandomInventory {

    public static final long TIME = 1_754_000_000_000L;

    /** From the last time something was seen to when it goes. */
    public static final long TTL = 600_000;

    private static final List<String> TEXTS =
            List.of("", "checkout", "nul\0inside", "back\\slash", "\ud83d\ude00", "\"q\"\n", "Zoë");

    private static final List<Entity> ENTITIES = List.of(Entity.values());
    private static final List<NodeKind> KINDS = List.of(NodeKind.values());

    private final Random random;
    private final int things;

    /**
     * @param things of each kind, at most
     */
    public RandomInventory(long seed, int things) {
        this.random = new Random(seed);
        this.things = things;
    }

    public InventoryChange upsert() {
        return upsert(item(), TIME + random.nextInt(10));
    }

    public InventoryChange upsert(Item item, long lastSeen) {
        return new InventoryChange(
                Operation.UPSERT,
                new Application(2, "shop" + random.nextInt(2)),
                item,
                lastSeen - random.nextInt(10),
                lastSeen,
                lastSeen + TTL,
                item instanceof Host ? host(lastSeen) : null);
    }

    /** A thing has gone that was perhaps there. */
    public InventoryChange expire() {
        InventoryChange gone = upsert();
        return new InventoryChange(
                Operation.EXPIRE,
                gone.application(),
                gone.item().identity(),
                gone.firstSeen(),
                gone.lastSeen(),
                gone.expiresAt(),
                gone.host());
    }

    public Item item() {
        return item(one(ENTITIES));
    }

    public Item item(Entity entity) {
        String name = name();
        return switch (entity) {
            case TOPO_NODE -> node(name);
            case ENDPOINT ->
                    new Endpoint(
                            name, "cart", "http", "http.method", text(), random.nextInt(4) + 2);
            case ROOT_ENDPOINT -> new RootEndpoint(name, "cart", "rpc");
            case HOST -> new Host(name, "cart");
            case INSTANCE ->
                    new Instance("cart", name, kind(), "http", "GET", new Sdk("otel", "1", "java"));
            case RELATION -> new Relation("web", name, random.nextBoolean(), kind(), "db");
            case REMOTE_SERVICE_RELATION -> new RemoteServiceRelation("http:pay", name, "http");
        };
    }

    private TopoNode node(String name) {
        // A rule is for nodes of one kind.
        int rule = random.nextInt(3);
        return new TopoNode(
                name,
                rule,
                KINDS.get(rule),
                one(List.of("http", "db", "rpc")),
                text(),
                one(List.of("", "java", "go")),
                some(List.of("grpc", "trpc", "Zulu")),
                one(List.of("", "k8s", "node")),
                some(
                        List.of(
                                new Sdk("otel", "1", "go"),
                                new Sdk("otel", "2", ""),
                                new Sdk("x", "", ""))));
    }

    /** Between two spans its agent does not change; only then no order counts. */
    private HostState host(long lastSeen) {
        Boolean agent = random.nextInt(3) == 0 ? null : (Boolean) (lastSeen % 2 == 0);
        int known = random.nextInt(3);
        return known == 0
                ? new HostState(-1, -1, agent)
                : new HostState(random.nextInt(3), known == 1 ? -1 : random.nextInt(5), agent);
    }

    private String name() {
        int number = random.nextInt(things);
        return TEXTS.get(number % TEXTS.size()) + number;
    }

    private NodeKind kind() {
        return one(KINDS);
    }

    private String text() {
        return one(TEXTS);
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private <T extends Comparable<T>> List<T> some(List<T> values) {
        return values.stream().filter(any -> random.nextBoolean()).sorted().toList();
    }
}
