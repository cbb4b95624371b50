package io.tailrace.operators.discovery.inventory;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.discovery.Endpoint;
import io.tailrace.operators.discovery.Entity;
import io.tailrace.operators.discovery.Host;
import io.tailrace.operators.discovery.HostLost;
import io.tailrace.operators.discovery.InventoryChange;
import io.tailrace.operators.discovery.InventoryChange.Operation;
import io.tailrace.operators.discovery.InventoryKey;
import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.Named;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.testing.BroadcastHarness;
import io.tailrace.operators.testing.KeyedHarness.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class InventoryTest {

    private static final Application SHOP = new Application(2, "shop");
    private static final Application BANK = new Application(2, "bank");
    private static final InventoryLimits LIMITS = limits(1000, 100, 50, 1000);

    private static InventoryLimits limits(long ttl, long refresh, int entities, int endpoints) {
        return new InventoryLimits(
                Duration.ofMillis(ttl),
                Duration.ofMillis(2 * ttl),
                Duration.ofMillis(refresh),
                entities,
                endpoints);
    }

    private static BroadcastHarness<InventoryKey, Sighting, HostLost, InventoryChange> open(
            Backend backend, InventoryLimits limits) throws Exception {
        return new BroadcastHarness<>(
                backend,
                () -> new Inventory(limits),
                Sighting::key,
                InventoryKey.TYPE,
                InventoryChange.TYPE,
                List.of("inventory", "inventory-timer"));
    }

    private static Sighting sighting(Item item, long time) {
        return new Sighting(SHOP, item, time, time);
    }

    private static Endpoint endpoint(String service, String name) {
        return new Endpoint(name, service, "http", "http.method", "GET", 2);
    }

    @ParameterizedTest
    @EnumSource
    void isWhatAPlainOneIs(Backend backend) throws Exception {
        int expired = 0;
        for (long seed = 0; seed < (backend == Backend.HASHMAP ? 15 : 2); seed++) {
            Random random = new Random(seed);
            InventoryLimits limits =
                    limits(
                            RandomSightings.millis(20 + random.nextInt(60)),
                            RandomSightings.millis(1 + random.nextInt(10)),
                            3 + random.nextInt(40),
                            1 + random.nextInt(12));
            PlainInventory plain = new PlainInventory(limits);
            InventoryRows rows = new InventoryRows();
            RandomSightings sightings = new RandomSightings(random, 15);
            try (var inventory = open(backend, limits)) {
                long time = 1000;
                for (int i = 0; i < 800; i++) {
                    time += random.nextInt(10) == 0 ? random.nextInt(15) : 0;
                    Sighting sighting = sightings.next(time - random.nextInt(20));
                    inventory.send(sighting, sighting.lastSeen());
                    plain.see(sighting);
                    if (random.nextInt(15) == 0) {
                        HostLost lost = sightings.lost(time - random.nextInt(20));
                        inventory.broadcast(lost);
                        plain.lose(lost);
                    }
                    if (random.nextInt(10) == 0) {
                        long watermark = RandomSightings.millis(time - 10);
                        inventory.watermark(watermark);
                        plain.watermark(watermark);
                    }
                    if (random.nextInt(100) == 0) {
                        inventory.restart(1 + random.nextInt(3));
                    }
                    if (random.nextInt(8) == 0) {
                        assertSame(
                                plain,
                                rows.after(inventory.output()),
                                limits.refreshMillis(),
                                "seed %d, %d".formatted(seed, i));
                        // Each key has things and the time of its timer.
                        assertThat(inventory.entries()).isEqualTo(2L * inventory.timers());
                    }
                }
                inventory.end();
                assertSame(plain, rows.after(inventory.output()), 1, "seed %d".formatted(seed));
                assertThat(inventory.entries()).as("seed %d", seed).isZero();
                assertThat(inventory.timers()).as("seed %d", seed).isZero();
                expired += count(inventory.output(), Operation.EXPIRE);
            }
        }
        assertThat(expired).isGreaterThan(50);
    }

    private static int count(List<InventoryChange> changes, Operation operation) {
        return (int) changes.stream().filter(each -> each.operation() == operation).count();
    }

    /**
     * @param lag how much earlier things may be written to have been last seen than they were
     */
    private static void assertSame(
            PlainInventory plain,
            Map<InventoryRows.Key, InventoryRows.Row> rows,
            long lag,
            String label) {
        assertThat(rows).as(label).hasSameSizeAs(plain.rows());
        for (PlainInventory.Row expected : plain.rows()) {
            InventoryRows.Row row =
                    rows.get(new InventoryRows.Key(expected.application, expected.item.identity()));
            assertThat(row).as("%s, %s", label, expected.item).isNotNull();
            assertThat(row.item()).as(label).isEqualTo(expected.item);
            assertThat(row.first()).as(label).isEqualTo(expected.first);
            assertThat(row.last()).as(label).isBetween(expected.last - lag + 1, expected.last);
            if (expected.item.entity() == Entity.HOST) {
                assertThat(row.host().agentAlive()).as(label).isEqualTo(expected.alive());
            } else {
                assertThat(row.host()).as(label).isNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofTooManyNamesThoseThatCameFirstStay(Backend backend) throws Exception {
        InventoryLimits limits = limits(1000, 100, 1000, 50);
        try (var inventory = open(backend, limits)) {
            inventory.send(sighting(endpoint("quiet", "GET /"), 0), 0);
            for (int i = 0; i < 200_000; i++) {
                inventory.send(sighting(endpoint("noisy", "GET /" + i), 0), 0);
                if (i % 10_000 == 0) {
                    inventory.send(sighting(endpoint("quiet", "POST /" + i), 0), 0);
                }
            }
            Map<String, List<Endpoint>> byService =
                    inventory.output().stream()
                            .map(change -> (Endpoint) change.item())
                            .collect(Collectors.groupingBy(Endpoint::serviceName));
            assertThat(byService.get("quiet"))
                    .hasSize(21)
                    .noneMatch(each -> each.endpointName().equals(Named.OVERFLOW));
            assertThat(byService.get("noisy")).hasSize(51);
            assertThat(byService.get("noisy").subList(0, 50))
                    .extracting(Endpoint::endpointName)
                    .doesNotContain(Named.OVERFLOW);
            assertThat(byService.get("noisy").get(50).endpointName()).isEqualTo(Named.OVERFLOW);
            assertThat(inventory.metric("entity.endpoint.overflowed")).isEqualTo(199_950);
            assertThat(inventory.metric("entity.endpoint.entities")).isEqualTo(72);
            assertThat(inventory.metric("entity.endpoint.evicted")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesThatGoMakeRoom(Backend backend) throws Exception {
        try (var inventory = open(backend, limits(1000, 100, 1000, 1))) {
            inventory.send(sighting(endpoint("cart", "old"), 0), 0);
            inventory.send(sighting(endpoint("cart", "new"), 500), 500);
            inventory.restart(1);
            inventory.watermark(999);
            inventory.send(sighting(endpoint("cart", "new"), 999), 999);
            inventory.watermark(1000);
            inventory.send(sighting(endpoint("cart", "new"), 1001), 1001);
            assertThat(upserted(inventory.output()))
                    .containsExactly(
                            endpoint("cart", "old"),
                            endpoint("cart", Named.OVERFLOW),
                            endpoint("cart", Named.OVERFLOW),
                            endpoint("cart", "new"));
        }
    }

    private static List<Item> upserted(List<InventoryChange> changes) {
        return changes.stream()
                .filter(each -> each.operation() == Operation.UPSERT)
                .map(InventoryChange::item)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void ofTooManyThingsTheOldestGoOfThatApplicationAlone(Backend backend) throws Exception {
        try (var inventory = open(backend, limits(100_000, 100, 10, 1000))) {
            Host others = new Host("10.0.0.1", "teller");
            inventory.send(new Sighting(BANK, others, 0, 0), 0);
            for (int i = 1; i <= 30; i++) {
                inventory.send(sighting(new Host("10.0.0." + i, "cart"), i), i);
                inventory.send(sighting(new Host("10.0.0.1", "cart"), i), i);
            }
            inventory.send(sighting(new Host("10.0.1.1", "cart"), 5), 5);
            List<InventoryChange> gone =
                    inventory.output().stream()
                            .filter(each -> each.operation() == Operation.EXPIRE)
                            .toList();
            assertThat(gone).hasSize(20).allMatch(each -> each.application().equals(SHOP));
            assertThat(gone)
                    .extracting(each -> ((Host) each.item()).ip())
                    .startsWith("10.0.0.2", "10.0.0.3")
                    .endsWith("10.0.0.20", "10.0.0.21");
            assertThat(inventory.output()).noneMatch(each -> ip(each).equals("10.0.1.1"));
            assertThat(inventory.metric("entity.host.evicted")).isEqualTo(21);
            assertThat(inventory.metric("entity.host.entities")).isEqualTo(11);
        }
    }

    private static String ip(InventoryChange change) {
        return ((Host) change.item()).ip();
    }

    @Test
    void whatIsSeenAllTheTimeIsWrittenNowAndThen() throws Exception {
        try (var inventory = open(Backend.HASHMAP, LIMITS)) {
            for (int time = 0; time <= 10_000; time++) {
                inventory.send(sighting(endpoint("cart", "GET /"), time), time);
                if (time % 7 == 0) {
                    inventory.watermark(time);
                }
                if (time % 1000 == 0) {
                    inventory.restart(1);
                }
            }
            assertThat(inventory.output())
                    .hasSize(101)
                    .allMatch(each -> each.operation() == Operation.UPSERT)
                    .allMatch(each -> each.lastSeen() % 100 == 0)
                    .allMatch(each -> each.expiresAt() == each.lastSeen() + 1100);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aThingGoesExactlyItsTtlAfterItWasLastSeen(Backend backend) throws Exception {
        try (var inventory = open(backend, LIMITS)) {
            inventory.send(sighting(endpoint("cart", "GET /"), 0), 0);
            inventory.send(sighting(endpoint("cart", "GET /"), 99), 99);
            inventory.send(sighting(endpoint("cart", "GET /late"), 50), 50);
            inventory.watermark(1000);
            inventory.restart(2);
            inventory.watermark(1049);
            assertThat(inventory.output()).hasSize(2);
            inventory.watermark(1050);
            assertThat(inventory.output()).hasSize(3);
            inventory.watermark(1098);
            assertThat(inventory.output()).hasSize(3);
            assertThat(inventory.timers()).isEqualTo(1);
            inventory.watermark(1099);
            assertThat(inventory.output().subList(2, 4))
                    .containsExactly(
                            gone(endpoint("cart", "GET /late"), 50, 50),
                            gone(endpoint("cart", "GET /"), 0, 99));
            assertThat(inventory.entries()).isZero();
            assertThat(inventory.timers()).isZero();
        }
    }

    private static InventoryChange gone(Item item, long first, long last) {
        return new InventoryChange(Operation.EXPIRE, SHOP, item, first, last, last + 1100, null);
    }

    @Test
    void ofTheUnknownWhatWouldHaveGoneAlreadyShowsNothing() throws Exception {
        try (var inventory = open(Backend.HASHMAP, LIMITS)) {
            inventory.watermark(5000);
            inventory.send(sighting(endpoint("cart", "past"), 4000), 4000);
            assertThat(inventory.output()).isEmpty();
            assertThat(inventory.metric("entity.endpoint.sightings_past_ttl")).isEqualTo(1);
            assertThat(inventory.entries()).isZero();
            inventory.send(sighting(endpoint("cart", "late"), 4001), 4001);
            inventory.send(sighting(endpoint("cart", "late"), 3000), 3000);
            assertThat(inventory.output()).hasSize(2);
            assertThat(inventory.output().get(1).firstSeen()).isEqualTo(3000);
            assertThat(inventory.output().get(1).lastSeen()).isEqualTo(4001);
            inventory.watermark(5001);
            assertThat(inventory.output().get(2).operation()).isEqualTo(Operation.EXPIRE);
        }
    }

    @Test
    void theEndOfInputWritesWhatIsNotWrittenAndLetsNothingGo() throws Exception {
        try (var inventory = open(Backend.HASHMAP, LIMITS)) {
            inventory.send(sighting(endpoint("cart", "once"), 0), 0);
            inventory.send(sighting(endpoint("cart", "twice"), 0), 0);
            inventory.send(sighting(endpoint("cart", "twice"), 70), 70);
            inventory.end();
            assertThat(upserted(inventory.output()))
                    .containsExactly(
                            endpoint("cart", "once"),
                            endpoint("cart", "twice"),
                            endpoint("cart", "twice"));
            assertThat(inventory.output()).hasSize(3);
            assertThat(inventory.output().get(2).lastSeen()).isEqualTo(70);
            assertThat(inventory.entries()).isZero();
            assertThat(inventory.timers()).isZero();
        }
    }

    @Test
    void aHostIsLostOrBackInWhateverOrderItIsHeard() throws Exception {
        Host host = new Host("10.0.0.1", "cart");
        Set<Boolean> ends = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Object> events = new ArrayList<>();
            long seen = 0;
            long lost = 0;
            for (int i = 0; i < 5; i++) {
                long time = 1L + random.nextInt(20);
                if (i == 0 || random.nextBoolean()) {
                    events.add(new HostLost(2, 0, host.ip(), "", time));
                    lost = Math.max(lost, time);
                } else {
                    events.add(sighting(host, time));
                    seen = Math.max(seen, time);
                }
            }
            Collections.shuffle(events, random);
            try (var inventory = open(Backend.HASHMAP, LIMITS)) {
                inventory.send(sighting(host, 0), 0);
                inventory.send(new Sighting(new Application(3, "shop"), host, 0, 0), 0);
                for (Object event : events) {
                    if (event instanceof Sighting sighting) {
                        inventory.send(sighting, sighting.lastSeen());
                    } else {
                        inventory.broadcast((HostLost) event);
                    }
                    if (random.nextInt(4) == 0) {
                        inventory.restart(1);
                    }
                }
                Map<Application, Boolean> alive = new HashMap<>();
                for (InventoryChange change : inventory.output()) {
                    alive.put(change.application(), change.host().agentAlive());
                }
                assertThat(alive.get(SHOP)).as("seed %d", seed).isEqualTo(seen > lost);
                assertThat(alive.get(new Application(3, "shop"))).isNull();
                ends.add(alive.get(SHOP));
            }
        }
        assertThat(ends).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void lostHostsAreCounted() throws Exception {
        try (var inventory = open(Backend.HASHMAP, LIMITS)) {
            inventory.send(sighting(new Host("10.0.0.1", "cart"), 0), 0);
            inventory.send(sighting(new Host("10.0.0.1", "order"), 0), 0);
            inventory.broadcast(new HostLost(2, 0, "10.0.0.1", "", 5));
            inventory.broadcast(new HostLost(2, 0, "10.0.0.1", "", 6));
            inventory.broadcast(new HostLost(2, 0, "10.0.0.2", "", 6));
            assertThat(inventory.metric("hosts_lost")).isEqualTo(2);
            assertThat(inventory.metric("hosts_lost_unknown")).isEqualTo(1);
            assertThat(inventory.output()).hasSize(4);
        }
    }

    @Test
    void anEventWithoutABusinessIsForAll() throws Exception {
        try (var inventory = open(Backend.HASHMAP, LIMITS)) {
            Host host = new Host("10.0.0.1", "cart");
            inventory.send(sighting(host, 0), 0);
            inventory.send(new Sighting(new Application(3, "shop"), host, 0, 0), 0);
            inventory.broadcast(new HostLost(HostLost.NO_BUSINESS, 0, "10.0.0.1", "", 5));
            assertThat(inventory.metric("hosts_lost")).isEqualTo(2);
        }
    }

    /** A shorter time to live holds for what is known already as soon as anything new comes. */
    @Test
    void aRestoredJobMayHaveOtherLimits() throws Exception {
        InventoryLimits[] limits = {LIMITS};
        try (BroadcastHarness<InventoryKey, Sighting, HostLost, InventoryChange> inventory =
                new BroadcastHarness<>(
                        Backend.HASHMAP,
                        () -> new Inventory(limits[0]),
                        Sighting::key,
                        InventoryKey.TYPE,
                        InventoryChange.TYPE,
                        List.of("inventory", "inventory-timer"))) {
            for (int i = 0; i < 10; i++) {
                inventory.send(sighting(endpoint("cart", "GET /" + i), i), i);
            }
            limits[0] = limits(200, 100, 5, 1000);
            inventory.restart(1);
            inventory.send(sighting(endpoint("cart", "GET /10"), 10), 10);
            assertThat(count(inventory.output(), Operation.EXPIRE)).isEqualTo(6);
            inventory.watermark(207);
            assertThat(count(inventory.output(), Operation.EXPIRE)).isEqualTo(8);
            inventory.watermark(210);
            assertThat(inventory.entries()).isZero();
        }
    }
}
