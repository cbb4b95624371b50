package io.tailrace.operators.discovery.inventory;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.discovery.Endpoint;
import io.tailrace.operators.discovery.Host;
import io.tailrace.operators.discovery.HostLost;
import io.tailrace.operators.discovery.Instance;
import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.NodeKind;
import io.tailrace.operators.discovery.Relation;
import io.tailrace.operators.discovery.RemoteServiceRelation;
import io.tailrace.operators.discovery.RootEndpoint;
import io.tailrace.operators.discovery.Sdk;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.discovery.TopoNode;

import java.util.List;
import java.util.Random;

/** Sightings of few things in few applications, no two of one time. */
final class RandomSightings {

    private static final int MOST = 10_000;

    private static final List<Application> APPLICATIONS =
            List.of(
                    new Application(2, "shop"),
                    new Application(2, "bank"),
                    new Application(3, "shop"));

    private final Random random;
    private final int names;
    private int number;

    /**
     * @param names how many each owner may have
     */
    RandomSightings(Random random, int names) {
        this.random = random;
        this.names = names;
    }

    /**
     * @param time in seconds
     */
    Sighting next(long time) {
        long last = time * MOST + number++;
        return new Sighting(application(), item(), last - random.nextInt(3 * MOST), last);
    }

    /** At some time in milliseconds, as those of sightings are. */
    static long millis(long time) {
        return time * MOST;
    }

    HostLost lost(long time) {
        return new HostLost(application().bizId(), 0, ip(), "", time * MOST + number++);
    }

    private Application application() {
        return APPLICATIONS.get(random.nextInt(APPLICATIONS.size()));
    }

    private Item item() {
        return switch (random.nextInt(7)) {
            case 0 -> node();
            case 1 -> new Endpoint(name(), service(), category(), "", "", 2 + random.nextInt(2));
            case 2 -> new RootEndpoint(name(), service(), category());
            case 3 -> new Host(ip(), service());
            case 4 ->
                    new Instance(
                            service(),
                            "i" + random.nextInt(9),
                            NodeKind.SERVICE,
                            category(),
                            "",
                            new Sdk("o", "", ""));
            case 5 ->
                    new Relation(
                            service(),
                            service(),
                            random.nextBoolean(),
                            NodeKind.SERVICE,
                            category());
            default -> new RemoteServiceRelation("http:" + service(), name(), category());
        };
    }

    private TopoNode node() {
        return new TopoNode(
                service(),
                random.nextInt(4),
                NodeKind.SERVICE,
                category(),
                "",
                random.nextBoolean() ? "" : "java",
                random.nextBoolean() ? List.of() : List.of(category()),
                random.nextBoolean() ? "k8s" : "",
                random.nextBoolean() ? List.of() : List.of(new Sdk("o", category(), "")));
    }

    private String service() {
        return "s" + random.nextInt(3);
    }

    private String category() {
        return "c" + random.nextInt(2);
    }

    private String name() {
        return "GET /" + random.nextInt(names);
    }

    private String ip() {
        return "10.0.0." + random.nextInt(4);
    }
}
