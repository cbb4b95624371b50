package io.tailrace.operators.discovery;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.serialization.EnumCodes;
import io.tailrace.operators.serialization.Primitives;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How an {@link Item} is written inside other values: its entity's number, then its components. */
final class ItemFormat {

    private static final EnumCodes<Entity> ENTITIES =
            new EnumCodes<>(
                    Entity.class,
                    List.of(
                            Entity.TOPO_NODE,
                            Entity.ENDPOINT,
                            Entity.ROOT_ENDPOINT,
                            Entity.HOST,
                            Entity.INSTANCE,
                            Entity.RELATION,
                            Entity.REMOTE_SERVICE_RELATION));

    private static final EnumCodes<NodeKind> KINDS =
            new EnumCodes<>(
                    NodeKind.class,
                    List.of(NodeKind.SERVICE, NodeKind.COMPONENT, NodeKind.REMOTE_SERVICE));

    private ItemFormat() {}

    static void write(Item item, DataOutputView out) throws IOException {
        write(item.entity(), out);
        switch (item.entity()) {
            case TOPO_NODE -> write((TopoNode) item, out);
            case ENDPOINT -> write((Endpoint) item, out);
            case ROOT_ENDPOINT -> {
                RootEndpoint root = (RootEndpoint) item;
                write(out, root.endpointName(), root.serviceName(), root.category());
            }
            case HOST -> {
                Host host = (Host) item;
                write(out, host.ip(), host.topoNodeKey());
            }
            case INSTANCE -> write((Instance) item, out);
            case RELATION -> write((Relation) item, out);
            case REMOTE_SERVICE_RELATION -> {
                RemoteServiceRelation relation = (RemoteServiceRelation) item;
                write(out, relation.topoNodeKey(), relation.endpointName(), relation.category());
            }
        }
    }

    static Item read(DataInputView in) throws IOException {
        return switch (readEntity(in)) {
            case TOPO_NODE -> readTopoNode(in);
            case ENDPOINT ->
                    new Endpoint(text(in), text(in), text(in), text(in), text(in), in.readByte());
            case ROOT_ENDPOINT -> new RootEndpoint(text(in), text(in), text(in));
            case HOST -> new Host(text(in), text(in));
            case INSTANCE ->
                    new Instance(
                            text(in),
                            text(in),
                            KINDS.of(in.readByte()),
                            text(in),
                            text(in),
                            readSdk(in));
            case RELATION ->
                    new Relation(
                            text(in),
                            text(in),
                            in.readBoolean(),
                            KINDS.of(in.readByte()),
                            text(in));
            case REMOTE_SERVICE_RELATION -> new RemoteServiceRelation(text(in), text(in), text(in));
        };
    }

    static void write(Entity entity, DataOutputView out) throws IOException {
        out.writeByte(ENTITIES.code(entity));
    }

    static Entity readEntity(DataInputView in) throws IOException {
        return ENTITIES.of(in.readByte());
    }

    static void write(Application application, DataOutputView out) throws IOException {
        out.writeLong(application.bizId());
        Primitives.writeText(application.name(), out);
    }

    static Application readApplication(DataInputView in) throws IOException {
        return new Application(in.readLong(), text(in));
    }

    private static void write(TopoNode node, DataOutputView out) throws IOException {
        write(out, node.key());
        out.writeInt(node.rank());
        out.writeByte(KINDS.code(node.kind()));
        write(out, node.category(), node.predicateValue(), node.language());
        Primitives.writeSize(node.systems().size(), out);
        for (String system : node.systems()) {
            write(out, system);
        }
        write(out, node.platform());
        Primitives.writeSize(node.sdks().size(), out);
        for (Sdk sdk : node.sdks()) {
            write(sdk, out);
        }
    }

    private static TopoNode readTopoNode(DataInputView in) throws IOException {
        String key = text(in);
        int rank = in.readInt();
        NodeKind kind = KINDS.of(in.readByte());
        String category = text(in);
        String predicateValue = text(in);
        String language = text(in);
        List<String> systems = new ArrayList<>();
        for (int rest = Primitives.readSize(in); rest > 0; rest--) {
            systems.add(text(in));
        }
        String platform = text(in);
        List<Sdk> sdks = new ArrayList<>();
        for (int rest = Primitives.readSize(in); rest > 0; rest--) {
            sdks.add(readSdk(in));
        }
        return new TopoNode(
                key,
                rank,
                kind,
                category,
                predicateValue,
                language,
                List.copyOf(systems),
                platform,
                List.copyOf(sdks));
    }

    private static void write(Endpoint endpoint, DataOutputView out) throws IOException {
        write(
                out,
                endpoint.endpointName(),
                endpoint.serviceName(),
                endpoint.category(),
                endpoint.categoryKindKey(),
                endpoint.categoryKindValue());
        out.writeByte(endpoint.spanKind());
    }

    private static void write(Instance instance, DataOutputView out) throws IOException {
        write(out, instance.topoNodeKey(), instance.instanceId());
        out.writeByte(KINDS.code(instance.kind()));
        write(out, instance.category(), instance.predicateValue());
        write(instance.sdk(), out);
    }

    private static void write(Relation relation, DataOutputView out) throws IOException {
        write(out, relation.from(), relation.to());
        out.writeBoolean(relation.asynchronous());
        out.writeByte(KINDS.code(relation.toKind()));
        write(out, relation.toCategory());
    }

    private static void write(Sdk sdk, DataOutputView out) throws IOException {
        write(out, sdk.name(), sdk.version(), sdk.language());
    }

    private static Sdk readSdk(DataInputView in) throws IOException {
        return new Sdk(text(in), text(in), text(in));
    }

    private static void write(DataOutputView out, String... texts) throws IOException {
        for (String text : texts) {
            Primitives.writeText(text, out);
        }
    }

    private static String text(DataInputView in) throws IOException {
        return Primitives.readText(in);
    }
}
