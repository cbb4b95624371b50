package io.tailrace.sinks.jdbc.inventory;

import io.tailrace.operators.discovery.Entity;
import io.tailrace.operators.discovery.HostState;
import io.tailrace.operators.discovery.InventoryChange;
import io.tailrace.operators.discovery.InventoryChange.Operation;
import io.tailrace.operators.discovery.TopoNode;
import io.tailrace.sinks.inventory.Columns;
import io.tailrace.sinks.inventory.InventoryFormat;
import io.tailrace.sinks.inventory.ThingId;
import io.tailrace.sinks.jdbc.ChangingTable;
import io.tailrace.sinks.jdbc.Retention;
import io.tailrace.sinks.jdbc.RowValues;
import io.tailrace.sinks.message.JsonFormat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The table of one kind of thing. In whatever order and however often what was seen is written, the
 * row is the same: {@link InventoryConflict} says what it is. A row goes with the thing, unless it
 * was seen later, or the user wants it to stay.
 */
public final class InventoryTable implements ChangingTable<InventoryChange, UUID> {

    private static final long serialVersionUID = 1L;

    private final Entity entity;
    private final Duration sweep;

    /**
     * @param sweep how often rows are looked for that are over
     */
    public InventoryTable(Entity entity, Duration sweep) {
        this.entity = entity;
        this.sweep = sweep;
    }

    /** One for each kind of thing. */
    public static List<InventoryTable> all(Duration sweep) {
        return Arrays.stream(Entity.values())
                .map(entity -> new InventoryTable(entity, sweep))
                .toList();
    }

    /** The names of all. */
    public static List<String> names() {
        return Arrays.stream(Entity.values()).map(InventoryTable::name).toList();
    }

    private static String name(Entity entity) {
        return "apm_" + entity.text();
    }

    @Override
    public String name() {
        return name(entity);
    }

    @Override
    public List<String> columns() {
        return Stream.of(
                        List.of("biz_id", "app_name"),
                        Columns.of(entity).names(),
                        ownColumns(),
                        List.of("first_seen", "last_seen", "expires_at", "id"))
                .flatMap(List::stream)
                .toList();
    }

    /** Those that only the table needs. */
    private List<String> ownColumns() {
        return switch (entity) {
            case TOPO_NODE -> List.of("category_rule");
            case HOST -> List.of("ids_as_of", "agent_as_of");
            case ENDPOINT, ROOT_ENDPOINT, INSTANCE, RELATION, REMOTE_SERVICE_RELATION -> List.of();
        };
    }

    private void bindOwn(InventoryChange change, RowValues values) throws SQLException {
        switch (entity) {
            case TOPO_NODE -> values.whole(((TopoNode) change.item()).rank());
            case HOST -> bindTimes(change.host(), change.lastSeen(), values);
            case ENDPOINT, ROOT_ENDPOINT, INSTANCE, RELATION, REMOTE_SERVICE_RELATION -> {}
        }
    }

    private static void bindTimes(HostState host, long time, RowValues values) throws SQLException {
        boolean known = host.cloudId() != HostState.UNKNOWN || host.hostId() != HostState.UNKNOWN;
        values.timeOrNull(known ? time : null).timeOrNull(host.agentAlive() == null ? null : time);
    }

    @Override
    public List<String> keyColumns() {
        return List.of("id");
    }

    @Override
    public String onConflict() {
        return InventoryConflict.update(entity);
    }

    @Override
    public boolean takes(InventoryChange change) {
        return change.item().entity() == entity;
    }

    @Override
    public UUID key(InventoryChange change) {
        return ThingId.of(change);
    }

    @Override
    public void bind(InventoryChange change, RowValues values) throws SQLException {
        values.whole(change.application().bizId()).text(change.application().name());
        Columns columns = Columns.of(entity);
        BoundColumns bound = new BoundColumns(values);
        columns.showIdentity(change, bound);
        columns.showDetails(change, bound);
        bindOwn(change, values);
        UUID id = key(change);
        values.time(change.firstSeen())
                .time(change.lastSeen())
                .time(change.expiresAt())
                .bits(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    @Override
    public Optional<InventoryChange> merge(InventoryChange older, InventoryChange newer) {
        if (older.operation() != newer.operation()) {
            return Optional.empty();
        }
        boolean later = newer.lastSeen() > older.lastSeen();
        // Of nodes seen at different times one tells all; else only the database knows both rows.
        boolean same = older.item().equals(newer.item()) && sameHost(older, newer);
        boolean oneTells = entity == Entity.TOPO_NODE && older.lastSeen() != newer.lastSeen();
        if (older.operation() == Operation.UPSERT && !same && !oneTells) {
            return Optional.empty();
        }
        InventoryChange told = later ? newer : older;
        return Optional.of(
                new InventoryChange(
                        told.operation(),
                        told.application(),
                        told.item(),
                        Math.min(older.firstSeen(), newer.firstSeen()),
                        told.lastSeen(),
                        Math.max(older.expiresAt(), newer.expiresAt()),
                        told.host()));
    }

    private static boolean sameHost(InventoryChange one, InventoryChange other) {
        return one.host() == null ? other.host() == null : one.host().equals(other.host());
    }

    @Override
    public boolean removes(InventoryChange change) {
        return switch (change.operation()) {
            case UPSERT -> false;
            case EXPIRE -> true;
        };
    }

    @Override
    public String removal() {
        return "id = ? and last_seen <= ? and not permanent";
    }

    @Override
    public void bindRemoval(InventoryChange change, RowValues values) throws SQLException {
        UUID id = key(change);
        values.bits(id.getMostSignificantBits(), id.getLeastSignificantBits())
                .time(change.lastSeen());
    }

    @Override
    public JsonFormat<InventoryChange> format() {
        return new InventoryFormat();
    }

    @Override
    public Optional<Retention> retention() {
        return Optional.of(new Retention.Sweep(sweep));
    }
}
