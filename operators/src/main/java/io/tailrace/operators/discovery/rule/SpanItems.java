package io.tailrace.operators.discovery.rule;

import io.tailrace.operators.discovery.Endpoint;
import io.tailrace.operators.discovery.Host;
import io.tailrace.operators.discovery.Instance;
import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.NodeKind;
import io.tailrace.operators.discovery.Participant;
import io.tailrace.operators.discovery.Relation;
import io.tailrace.operators.discovery.Sdk;
import io.tailrace.operators.discovery.TopoNode;

import java.util.ArrayList;
import java.util.List;

/** Tells what a span shows by itself. */
public final class SpanItems {

    static final int SERVER = 2;
    static final int CLIENT = 3;
    static final int PRODUCER = 4;
    static final int CONSUMER = 5;

    private static final Sdk NO_SDK = new Sdk("", "", "");

    private final CategoryRules rules;

    public SpanItems(CategoryRules rules) {
        this.rules = rules;
    }

    /** Everything that the span shows, each thing once. */
    public List<Item> of(SpanTexts span) {
        Told told = new Told(span);
        List<Item> items = new ArrayList<>();
        items.add(told.service());
        if (!span.hostIp().isEmpty()) {
            items.add(new Host(span.hostIp(), span.service()));
        }
        if (!span.instance().isEmpty()) {
            items.add(told.instance());
        }
        if (told.componentKey != null) {
            told.addComponent(items);
        }
        if (told.remoteKey != null) {
            items.add(told.node(told.remoteKey, NodeKind.REMOTE_SERVICE, span.peerService()));
        }
        if (span.kind() >= SERVER) {
            told.addEndpoints(items);
            told.addRelations(items);
        }
        return items;
    }

    /** What others are told of the span that are joined with it. */
    public Participant participant(SpanTexts span) {
        Told told = new Told(span);
        boolean broker =
                told.componentKey != null
                        && told.asynchronous()
                        && span.kindKey().equals("messaging.system");
        return new Participant(
                span.application(),
                span.service(),
                span.endpointName(),
                told.category,
                told.serviceCategory(),
                broker ? told.componentKey : "",
                told.remoteKey == null ? "" : told.remoteKey);
    }

    /** A span, and what follows from the rule that holds for it. */
    private final class Told {
        private final SpanTexts span;
        private final String category;
        private final boolean ofService;

        /** Null where there is none, as is the remote one. */
        private final String componentKey;

        private final String remoteKey;

        Told(SpanTexts span) {
            this.span = span;
            category = rules.category(span.rank());
            ofService = !rules.isComponent(span.rank());
            componentKey = span.system().isEmpty() ? null : span.service() + "-" + span.system();
            remoteKey = span.peerService().isEmpty() ? null : category + ":" + span.peerService();
        }

        int serviceRank() {
            return ofService ? span.rank() : rules.other();
        }

        String serviceCategory() {
            return rules.category(serviceRank());
        }

        /** What the rule that the service goes by asks for. */
        String servicePredicate() {
            return ofService ? span.predicate() : "";
        }

        TopoNode service() {
            return new TopoNode(
                    span.service(),
                    serviceRank(),
                    NodeKind.SERVICE,
                    serviceCategory(),
                    servicePredicate(),
                    span.sdk().language(),
                    span.rpcSystem().isEmpty() ? List.of() : List.of(span.rpcSystem()),
                    platform(),
                    span.sdk().name().isEmpty() ? List.of() : List.of(span.sdk()));
        }

        private String platform() {
            if (span.kubernetes()) {
                return "k8s";
            }
            return span.hostIp().isEmpty() ? "" : "node";
        }

        /** Of something that sends no spans. */
        TopoNode node(String key, NodeKind kind, String predicate) {
            return new TopoNode(
                    key, span.rank(), kind, category, predicate, "", List.of(), "", List.of());
        }

        Instance instance() {
            return new Instance(
                    span.service(),
                    span.instance(),
                    NodeKind.SERVICE,
                    serviceCategory(),
                    servicePredicate(),
                    span.sdk());
        }

        void addComponent(List<Item> items) {
            items.add(node(componentKey, NodeKind.COMPONENT, span.system()));
            if (!span.peerName().isEmpty() || !span.peerIp().isEmpty()) {
                String id =
                        String.join(
                                ":",
                                span.system(),
                                span.peerName(),
                                span.peerIp(),
                                span.peerPort());
                items.add(
                        new Instance(
                                componentKey,
                                id,
                                NodeKind.COMPONENT,
                                category,
                                span.system(),
                                NO_SDK));
            }
        }

        void addEndpoints(List<Item> items) {
            items.add(endpoint(span.service()));
            if (remoteKey != null) {
                items.add(endpoint(remoteKey));
            }
        }

        private Endpoint endpoint(String owner) {
            return new Endpoint(
                    span.endpointName(),
                    owner,
                    category,
                    span.kindKey(),
                    span.kindValue(),
                    span.kind());
        }

        void addRelations(List<Item> items) {
            if (componentKey != null) {
                items.add(
                        span.kind() == CONSUMER
                                ? fromNode(componentKey)
                                : toNode(componentKey, NodeKind.COMPONENT));
            }
            if (remoteKey != null) {
                items.add(
                        span.kind() == CONSUMER || span.kind() == SERVER
                                ? fromNode(remoteKey)
                                : toNode(remoteKey, NodeKind.REMOTE_SERVICE));
            }
        }

        private Relation toNode(String key, NodeKind kind) {
            return new Relation(span.service(), key, asynchronous(), kind, category);
        }

        private Relation fromNode(String key) {
            return new Relation(
                    key, span.service(), asynchronous(), NodeKind.SERVICE, serviceCategory());
        }

        private boolean asynchronous() {
            return span.kind() == PRODUCER || span.kind() == CONSUMER;
        }
    }
}
