package io.tailrace.operators.discovery.inventory;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.discovery.Entity;
import io.tailrace.operators.discovery.Host;
import io.tailrace.operators.discovery.HostLost;
import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.Named;
import io.tailrace.operators.discovery.Sighting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an inventory should be, by going over all of it for each question. */
final class PlainInventory {

    /** One thing. */
    static final class Row {
        final Application application;
        Item item;
        long first;
        long last;
        Long lost;

        Row(Sighting sighting, Item item) {
            application = sighting.application();
            this.item = item;
            first = sighting.firstSeen();
            last = sighting.lastSeen();
        }

        Boolean alive() {
            return lost == null ? null : (Boolean) (last > lost);
        }
    }

    private final InventoryLimits limits;
    private final List<Row> rows = new ArrayList<>();
    private long watermark = Long.MIN_VALUE;

    PlainInventory(InventoryLimits limits) {
        this.limits = limits;
    }

    void see(Sighting sighting) {
        Item item = sighting.item();
        if (find(sighting, item).isEmpty()
                && item instanceof Named named
                && !named.endpointName().equals(Named.OVERFLOW)
                && hasTooMany(sighting, named)) {
            item = named.withEndpointName(Named.OVERFLOW);
        }
        Optional<Row> known = find(sighting, item);
        if (known.isPresent()) {
            Row row = known.get();
            row.item = row.item.merge(item);
            row.first = Math.min(row.first, sighting.firstSeen());
            row.last = Math.max(row.last, sighting.lastSeen());
        } else if (sighting.lastSeen() + ttl(item) > watermark) {
            add(new Row(sighting, item));
        }
    }

    private boolean hasTooMany(Sighting sighting, Named named) {
        List<String> names =
                like(sighting.application(), named.entity())
                        .map(row -> (Named) row.item)
                        .filter(each -> each.owner().equals(named.owner()))
                        .map(Named::endpointName)
                        .filter(name -> !name.equals(Named.OVERFLOW))
                        .distinct()
                        .toList();
        return names.size() >= limits.maxEndpoints() && !names.contains(named.endpointName());
    }

    private void add(Row row) {
        rows.add(row);
        List<Row> like = like(row.application, row.item.entity()).toList();
        if (like.size() > limits.maxEntities()) {
            rows.remove(like.stream().min(Comparator.comparing(each -> each.last)).orElseThrow());
        }
    }

    private Stream<Row> like(Application application, Entity entity) {
        return rows.stream()
                .filter(row -> row.application.equals(application))
                .filter(row -> row.item.entity() == entity);
    }

    private Optional<Row> find(Sighting sighting, Item item) {
        return like(sighting.application(), item.entity())
                .filter(row -> row.item.identity().equals(item.identity()))
                .findAny();
    }

    void lose(HostLost lost) {
        for (Row row : rows) {
            if (row.application.bizId() == lost.bizId()
                    && row.item instanceof Host host
                    && host.ip().equals(lost.ip())) {
                row.lost = row.lost == null ? lost.time() : Math.max(row.lost, lost.time());
            }
        }
    }

    void watermark(long time) {
        watermark = time;
        rows.removeIf(row -> row.last + ttl(row.item) <= time);
    }

    private long ttl(Item item) {
        return (item.entity() == Entity.TOPO_NODE ? limits.topoNodeTtl() : limits.ttl()).toMillis();
    }

    List<Row> rows() {
        return rows;
    }
}
