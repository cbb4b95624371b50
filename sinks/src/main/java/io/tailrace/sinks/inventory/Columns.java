package io.tailrace.sinks.inventory;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tailrace.operators.discovery.Endpoint;
import io.tailrace.operators.discovery.Entity;
import io.tailrace.operators.discovery.Host;
import io.tailrace.operators.discovery.Instance;
import io.tailrace.operators.discovery.InventoryChange;
import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.Relation;
import io.tailrace.operators.discovery.RemoteServiceRelation;
import io.tailrace.operators.discovery.RootEndpoint;
import io.tailrace.operators.discovery.Sdk;
import io.tailrace.operators.discovery.TopoNode;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The columns of one kind of thing, behind those of its application; the one place for their names.
 *
 * @param identity what tells a thing apart
 * @param details what else is known of it
 */
public record Columns(List<Column> identity, List<Column> details) {

    private static final Columns TOPO_NODE =
            new Columns(
                    List.of(text("topo_key", TopoNode.class, TopoNode::key)),
                    List.of(
                            text("kind", TopoNode.class, node -> node.kind().text()),
                            text("category", TopoNode.class, TopoNode::category),
                            text("predicate_value", TopoNode.class, TopoNode::predicateValue),
                            text("language", TopoNode.class, TopoNode::language),
                            array("system", node -> json -> writeTexts(node.systems(), json)),
                            text("platform", TopoNode.class, TopoNode::platform),
                            array("sdk", node -> json -> writeSdks(node.sdks(), json))));

    private static final Columns ENDPOINT =
            identity(
                    text("endpoint_name", Endpoint.class, Endpoint::endpointName),
                    text("service_name", Endpoint.class, Endpoint::serviceName),
                    text("category_id", Endpoint.class, Endpoint::category),
                    text("category_kind_key", Endpoint.class, Endpoint::categoryKindKey),
                    text("category_kind_value", Endpoint.class, Endpoint::categoryKindValue),
                    new Column.Whole("span_kind", change -> ((Endpoint) change.item()).spanKind()));

    private static final Columns ROOT_ENDPOINT =
            identity(
                    text("endpoint_name", RootEndpoint.class, RootEndpoint::endpointName),
                    text("service_name", RootEndpoint.class, RootEndpoint::serviceName),
                    text("category_id", RootEndpoint.class, RootEndpoint::category));

    private static final Columns HOST =
            new Columns(
                    List.of(
                            text("ip", Host.class, Host::ip),
                            text("topo_node_key", Host.class, Host::topoNodeKey)),
                    List.of(
                            new Column.Whole("bk_cloud_id", change -> change.host().cloudId()),
                            new Column.Whole("bk_host_id", change -> change.host().hostId()),
                            new Column.Truth("agent_alive", change -> change.host().agentAlive())));

    private static final Columns INSTANCE =
            identity(
                    text("topo_node_key", Instance.class, Instance::topoNodeKey),
                    text("instance_id", Instance.class, Instance::instanceId),
                    text("instance_topo_kind", Instance.class, each -> each.kind().text()),
                    text("component_instance_category", Instance.class, Instance::category),
                    text(
                            "component_instance_predicate_value",
                            Instance.class,
                            Instance::predicateValue),
                    text("sdk_name", Instance.class, each -> each.sdk().name()),
                    text("sdk_version", Instance.class, each -> each.sdk().version()),
                    text("sdk_language", Instance.class, each -> each.sdk().language()));

    private static final Columns RELATION =
            identity(
                    text("from_topo_key", Relation.class, Relation::from),
                    text("to_topo_key", Relation.class, Relation::to),
                    text(
                            "kind",
                            Relation.class,
                            relation -> relation.asynchronous() ? "async" : "sync"),
                    text("to_topo_key_kind", Relation.class, relation -> relation.toKind().text()),
                    text("to_topo_key_category", Relation.class, Relation::toCategory));

    private static final Columns REMOTE_SERVICE_RELATION =
            identity(
                    text(
                            "topo_node_key",
                            RemoteServiceRelation.class,
                            RemoteServiceRelation::topoNodeKey),
                    text(
                            "from_endpoint_name",
                            RemoteServiceRelation.class,
                            RemoteServiceRelation::endpointName),
                    text("category", RemoteServiceRelation.class, RemoteServiceRelation::category));

    public static Columns of(Entity entity) {
        return switch (entity) {
            case TOPO_NODE -> TOPO_NODE;
            case ENDPOINT -> ENDPOINT;
            case ROOT_ENDPOINT -> ROOT_ENDPOINT;
            case HOST -> HOST;
            case INSTANCE -> INSTANCE;
            case RELATION -> RELATION;
            case REMOTE_SERVICE_RELATION -> REMOTE_SERVICE_RELATION;
        };
    }

    /** The names of all, in their order. */
    public List<String> names() {
        return Stream.concat(identity.stream(), details.stream()).map(Column::name).toList();
    }

    public <X extends Exception> void showIdentity(InventoryChange change, ColumnValues<X> values)
            throws X {
        for (Column column : identity) {
            column.show(change, values);
        }
    }

    public <X extends Exception> void showDetails(InventoryChange change, ColumnValues<X> values)
            throws X {
        for (Column column : details) {
            column.show(change, values);
        }
    }

    private static Columns identity(Column... columns) {
        return new Columns(List.of(columns), List.of());
    }

    private static <I extends Item> Column text(
            String name, Class<I> type, Function<I, String> value) {
        return new Column.Text(name, change -> value.apply(type.cast(change.item())));
    }

    private static Column array(String name, Function<TopoNode, JsonValue> value) {
        return new Column.Json(name, change -> value.apply((TopoNode) change.item()));
    }

    private static void writeTexts(List<String> texts, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void writeSdks(List<Sdk> sdks, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Sdk sdk : sdks) {
            json.writeStartObject();
            json.writeStringField("name", sdk.name());
            json.writeStringField("version", sdk.version());
            json.writeStringField("language", sdk.language());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
