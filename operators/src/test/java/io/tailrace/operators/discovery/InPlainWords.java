package io.tailrace.operators.discovery;

import io.tailrace.plain.discovery.PlainApplication;
import io.tailrace.plain.discovery.PlainDiscovery;
import io.tailrace.plain.discovery.PlainItem;
import io.tailrace.plain.discovery.PlainNode;
import io.tailrace.plain.discovery.PlainRow;
import io.tailrace.plain.discovery.PlainSdk;
import io.tailrace.plain.discovery.PlainSighting;

import java.util.List;

/** What was seen, in the words of {@link PlainDiscovery}. */
public final class InPlainWords {

    private InPlainWords() {}

    /** Each thing once. */
    public static List<PlainSighting> together(List<Sighting> seen) {
        return PlainDiscovery.together(seen.stream().map(InPlainWords::of).toList());
    }

    private static PlainSighting of(Sighting sighting) {
        return new PlainSighting(
                new PlainApplication(sighting.application().bizId(), sighting.application().name()),
                of(sighting.item()),
                sighting.firstSeen(),
                sighting.lastSeen());
    }

    private static PlainItem of(Item item) {
        if (item instanceof TopoNode node) {
            return new PlainNode(
                    node.key(),
                    node.rank(),
                    node.kind().text(),
                    node.category(),
                    node.predicateValue(),
                    node.language(),
                    node.systems(),
                    node.platform(),
                    node.sdks().stream().map(InPlainWords::of).toList());
        } else if (item instanceof Endpoint endpoint) {
            return PlainRow.endpoint(
                    endpoint.endpointName(),
                    endpoint.serviceName(),
                    endpoint.category(),
                    endpoint.categoryKindKey(),
                    endpoint.categoryKindValue(),
                    endpoint.spanKind());
        } else if (item instanceof RootEndpoint root) {
            return PlainRow.rootEndpoint(root.endpointName(), root.serviceName(), root.category());
        } else if (item instanceof Host host) {
            return PlainRow.host(host.ip(), host.topoNodeKey());
        } else if (item instanceof Instance instance) {
            return PlainRow.instance(
                    instance.topoNodeKey(),
                    instance.instanceId(),
                    instance.kind().text(),
                    instance.category(),
                    instance.predicateValue(),
                    of(instance.sdk()));
        } else if (item instanceof Relation relation) {
            return PlainRow.relation(
                    relation.from(),
                    relation.to(),
                    relation.asynchronous(),
                    relation.toKind().text(),
                    relation.toCategory());
        }
        RemoteServiceRelation relation = (RemoteServiceRelation) item;
        return PlainRow.remoteServiceRelation(
                relation.topoNodeKey(), relation.endpointName(), relation.category());
    }

    private static PlainSdk of(Sdk sdk) {
        return new PlainSdk(sdk.name(), sdk.version(), sdk.language());
    }
}
