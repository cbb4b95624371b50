package io.tailrace.operators.discovery.inventory;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

import io.tailrace.operators.discovery.Entity;
import io.tailrace.operators.discovery.HostLost;
import io.tailrace.operators.discovery.HostState;
import io.tailrace.operators.discovery.InventoryChange;
import io.tailrace.operators.discovery.InventoryChange.Operation;
import io.tailrace.operators.discovery.InventoryKey;
import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.Named;
import io.tailrace.operators.discovery.Sighting;

import java.util.HashMap;
import java.util.Map;

/**
 * Keeps the inventory of each application, an entity at a time, and hands on what is to be written.
 * A thing is handed on when it is new, when its columns change, when it was first seen earlier than
 * thought, when its agent was lost or is back, and when {@code refresh} has passed since the
 * last_seen that was handed on last. It goes {@code ttl} after it was last seen, or when there are
 * too many of its entity and it was not seen for longest. Of an owner that has too many names of
 * endpoints, new ones become {@link Named#OVERFLOW} until others have gone.
 *
 * <p>Sightings may come in any order. One of something unknown that would have gone already by the
 * watermark shows nothing, and is counted as {@code sightings_past_ttl}.
 *
 * <p>When a bounded input ends nothing goes: what was last seen later than was handed on is handed
 * on once more, and the state is cleared.
 *
 * <p>A host that is lost is told by business and ip, for spans know no cloud. Events on hosts that
 * are not known leave nothing behind.
 *
 * <p>All things of a key are in memory from the key's first turn on, for what is known must cost
 * little. The state behind it is keyed by identities rather than by hashes of them: two things of
 * one hash would be one, and the identity is needed anyway to write what has gone. A key has a
 * timer, at the earliest expiry or before, as long as it has things.
 */
public final class Inventory
        extends KeyedBroadcastProcessFunction<InventoryKey, Sighting, HostLost, InventoryChange> {

    private static final long serialVersionUID = 1L;

    private static final MapStateDescriptor<Item, Seen> THINGS =
            new MapStateDescriptor<>("inventory", Item.TYPE, Seen.TYPE);

    /** One for each key, so that going over all keys does not go over all things. */
    private static final ValueStateDescriptor<Long> TIMER =
            new ValueStateDescriptor<>("inventory-timer", Types.LONG);

    private final InventoryLimits limits;

    private transient MapState<Item, Seen> state;
    private transient ValueState<Long> timers;
    private transient Map<InventoryKey, ItemTable> tables;
    private transient InventoryMetrics metrics;

    public Inventory(InventoryLimits limits) {
        this.limits = limits;
    }

    @Override
    public void open(OpenContext context) {
        state = getRuntimeContext().getMapState(THINGS);
        timers = getRuntimeContext().getState(TIMER);
        tables = new HashMap<>();
        metrics = new InventoryMetrics(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(
            Sighting came, ReadOnlyContext context, Collector<InventoryChange> out)
            throws Exception {
        InventoryKey key = context.getCurrentKey();
        ItemTable table = table(key);
        Sighting sighting = came;
        Item identity = sighting.item().identity();
        Known known = table.get(identity);
        if (known == null
                && sighting.item() instanceof Named named
                && !table.hasRoomFor(named, limits.maxEndpoints())) {
            metrics.of(key.entity()).overflowed();
            identity = named.withEndpointName(Named.OVERFLOW);
            sighting = with(sighting, identity);
            known = table.get(identity);
        }
        if (known == null) {
            begin(key, table, identity, sighting, context.timerService(), out);
        } else {
            become(key, known, known.seen().with(sighting, identity), out);
        }
    }

    private static Sighting with(Sighting sighting, Item item) {
        return new Sighting(
                sighting.application(), item, sighting.firstSeen(), sighting.lastSeen());
    }

    private void begin(
            InventoryKey key,
            ItemTable table,
            Item identity,
            Sighting sighting,
            TimerService time,
            Collector<InventoryChange> out)
            throws Exception {
        if (limits.expiry(key.entity(), sighting.lastSeen()) <= time.currentWatermark()) {
            metrics.of(key.entity()).tooOld();
            if (table.size() == 0) {
                tables.remove(key);
            }
            return;
        }
        while (table.size() >= limits.maxEntities()) {
            metrics.of(key.entity()).evicted();
            Known oldest = table.oldest();
            if (sighting.lastSeen() < oldest.seen().last()) {
                return;
            }
            remove(key, table, oldest, out);
        }
        Known begun = table.add(identity, Seen.of(sighting, identity));
        metrics.of(key.entity()).found();
        metrics.of(key.entity()).add(1);
        state.put(identity, begun.seen());
        collect(key, begun, out);
        long next = expiry(key, table.oldest());
        if (next < table.timer()) {
            setTimer(table, next, time);
        }
    }

    private void become(InventoryKey key, Known known, Seen now, Collector<InventoryChange> out)
            throws Exception {
        Seen before = known.seen();
        if (now.equals(before)) {
            return;
        }
        boolean news = now.isNewsAfter(before, limits.refreshMillis());
        known.is(news ? now.handedOn() : now);
        state.put(known.identity(), known.seen());
        if (news) {
            collect(key, known, out);
        }
    }

    @Override
    public void processBroadcastElement(
            HostLost lost, Context context, Collector<InventoryChange> out) throws Exception {
        int[] found = new int[1];
        context.applyToKeyedState(
                TIMER,
                (key, timer) -> {
                    if (key.entity() == Entity.HOST && concerns(lost, key)) {
                        for (Known host : table(key).hosts(lost.ip())) {
                            found[0]++;
                            lose(key, host, lost.time(), out);
                        }
                    }
                });
        if (found[0] == 0) {
            metrics.hostLostUnknown();
        }
    }

    private static boolean concerns(HostLost lost, InventoryKey key) {
        return lost.bizId() == HostLost.NO_BUSINESS || lost.bizId() == key.application().bizId();
    }

    private void lose(InventoryKey key, Known host, long time, Collector<InventoryChange> out)
            throws Exception {
        Seen before = host.seen();
        become(key, host, before.lostAt(time), out);
        if (Boolean.FALSE.equals(host.seen().agentAlive())
                && !Boolean.FALSE.equals(before.agentAlive())) {
            metrics.hostLost();
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<InventoryChange> out)
            throws Exception {
        InventoryKey key = context.getCurrentKey();
        ItemTable table = table(key);
        if (context.timerService().currentWatermark() == Long.MAX_VALUE) {
            end(key, table, out);
            return;
        }
        Known oldest = table.oldest();
        while (oldest != null && expiry(key, oldest) <= time) {
            metrics.of(key.entity()).expired();
            remove(key, table, oldest, out);
            oldest = table.oldest();
        }
        if (oldest == null) {
            forget(key);
        } else {
            table.timerAt(ItemTable.NONE);
            setTimer(table, expiry(key, oldest), context.timerService());
        }
    }

    /** Nothing comes any more. */
    private void end(InventoryKey key, ItemTable table, Collector<InventoryChange> out) {
        for (Known known : table.all()) {
            if (known.seen().last() > known.seen().written()) {
                collect(key, known, out);
            }
        }
        metrics.of(key.entity()).add(-table.size());
        forget(key);
    }

    private void forget(InventoryKey key) {
        state.clear();
        timers.clear();
        tables.remove(key);
    }

    private ItemTable table(InventoryKey key) throws Exception {
        ItemTable known = tables.get(key);
        if (known != null) {
            return known;
        }
        ItemTable table = new ItemTable();
        Long timer = timers.value();
        if (timer != null) {
            table.timerAt(timer);
            for (Map.Entry<Item, Seen> each : state.entries()) {
                table.add(each.getKey(), each.getValue());
            }
            metrics.of(key.entity()).add(table.size());
        }
        tables.put(key, table);
        return table;
    }

    private long expiry(InventoryKey key, Known known) {
        return limits.expiry(key.entity(), known.seen().last());
    }

    private void setTimer(ItemTable table, long at, TimerService time) throws Exception {
        if (table.timer() != ItemTable.NONE) {
            time.deleteEventTimeTimer(table.timer());
        }
        time.registerEventTimeTimer(at);
        table.timerAt(at);
        timers.update(at);
    }

    /** Only the oldest. */
    private void remove(
            InventoryKey key, ItemTable table, Known oldest, Collector<InventoryChange> out)
            throws Exception {
        table.removeOldest();
        metrics.of(key.entity()).add(-1);
        state.remove(oldest.identity());
        out.collect(change(Operation.EXPIRE, key, oldest.identity(), oldest.seen()));
    }

    private void collect(InventoryKey key, Known known, Collector<InventoryChange> out) {
        metrics.of(key.entity()).upsert();
        out.collect(change(Operation.UPSERT, key, known.item(), known.seen()));
    }

    private InventoryChange change(Operation operation, InventoryKey key, Item item, Seen seen) {
        HostState host =
                key.entity() == Entity.HOST
                        ? new HostState(HostState.UNKNOWN, HostState.UNKNOWN, seen.agentAlive())
                        : null;
        return new InventoryChange(
                operation,
                key.application(),
                item,
                seen.first(),
                seen.last(),
                limits.expiry(key.entity(), seen.last()) + limits.refreshMillis(),
                host);
    }
}
