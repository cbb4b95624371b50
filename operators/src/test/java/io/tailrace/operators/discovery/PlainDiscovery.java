package io.tailrace.operators.discovery;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.application.Application;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds what spans show as one would on paper: span objects, one thread, lists and maps. Names and
 * rules are written down here once more.
 */
public final class PlainDiscovery {

    private final PlainNodes nodes = new PlainNodes();
    private final PlainRelations relations;
    private final int mostBytes;
    private final List<PlainSpan> spans = new ArrayList<>();
    private final List<Sighting> single = new ArrayList<>();
    private long withoutService;

    /**
     * @param wait how far apart two spans may arrive that are joined, in milliseconds
     * @param mostBytes of a text
     */
    public PlainDiscovery(long wait, int mostBytes) {
        this.relations = new PlainRelations(nodes, wait);
        this.mostBytes = mostBytes;
    }

    /**
     * A rule before the common ones and after those added before.
     *
     * @param kind service or component
     * @param where S for the span, R for the resource, SR for both
     */
    public PlainDiscovery rule(String category, String kind, String where, String... names) {
        nodes.rule(category, kind, where, names);
        return this;
    }

    /** A template of endpoint names after those added before. */
    public PlainDiscovery template(String regularExpression, String replacement) {
        nodes.template(regularExpression, replacement);
        return this;
    }

    public void see(ExportTraceServiceRequest request, long arrival) {
        for (ResourceSpans resourceSpans : request.getResourceSpansList()) {
            Map<String, AnyValue> resource =
                    PlainSpan.map(resourceSpans.getResource().getAttributesList());
            for (ScopeSpans scopeSpans : resourceSpans.getScopeSpansList()) {
                for (Span span : scopeSpans.getSpansList()) {
                    see(resource, span, arrival);
                }
            }
        }
    }

    private void see(Map<String, AnyValue> resource, Span span, long arrival) {
        PlainSpan nameless =
                new PlainSpan(
                        application(resource),
                        "",
                        resource,
                        PlainSpan.map(span.getAttributesList()),
                        span,
                        arrival,
                        mostBytes);
        String service = nameless.ofResource("service.name");
        if (service.isEmpty()) {
            withoutService++;
            return;
        }
        PlainSpan plain =
                new PlainSpan(
                        nameless.application(),
                        service,
                        resource,
                        nameless.attributes(),
                        span,
                        arrival,
                        mostBytes);
        spans.add(plain);
        for (Item item : shown(plain)) {
            single.add(new Sighting(plain.application(), item, arrival, arrival));
        }
    }

    private static Application application(Map<String, AnyValue> resource) {
        AnyValue id = resource.getOrDefault("bk_biz_id", AnyValue.getDefaultInstance());
        String name =
                resource.getOrDefault("app_name", AnyValue.getDefaultInstance()).getStringValue();
        long bizId = 2;
        if (id.hasIntValue()) {
            bizId = id.getIntValue();
        } else if (id.getStringValue().matches("-?[0-9]{1,18}")) {
            bizId = Long.parseLong(id.getStringValue());
        }
        return new Application(bizId, name.isEmpty() ? "default" : name);
    }

    private List<Item> shown(PlainSpan span) {
        List<Item> items = new ArrayList<>();
        Sdk sdk =
                new Sdk(
                        span.ofResource("telemetry.sdk.name"),
                        span.ofResource("telemetry.sdk.version"),
                        span.ofResource("telemetry.sdk.language"));
        String ip = ip(span);
        items.add(service(span, sdk, ip));
        if (!ip.isEmpty()) {
            items.add(new Host(ip, span.service()));
        }
        String instance = span.ofResource("bk.instance.id", "service.instance.id");
        if (!instance.isEmpty()) {
            items.add(
                    new Instance(
                            span.service(),
                            instance,
                            NodeKind.SERVICE,
                            nodes.serviceCategory(span),
                            nodes.servicePredicate(span),
                            sdk));
        }
        addComponent(span, items);
        String remote = nodes.remoteKey(span);
        if (!remote.isEmpty()) {
            items.add(node(span, remote, NodeKind.REMOTE_SERVICE, span.ofSpan("peer.service")));
        }
        if (span.kind() >= 2) {
            items.add(endpoint(span, span.service()));
            if (!remote.isEmpty()) {
                items.add(endpoint(span, remote));
            }
            items.addAll(relations.ofOne(span));
        }
        return items;
    }

    private static String ip(PlainSpan span) {
        String[] names = {"net.host.ip", "host.ip", "network.local.address"};
        String ofResource = span.firstText(span.resource(), names);
        return ofResource.isEmpty() ? span.firstText(span.attributes(), names) : ofResource;
    }

    private TopoNode service(PlainSpan span, Sdk sdk, String ip) {
        String system =
                PlainSpan.has(span.attributes(), "trpc.namespace")
                        ? "trpc"
                        : span.ofSpan("rpc.system");
        boolean kubernetes =
                PlainSpan.has(span.resource(), "k8s.bcs.cluster.id")
                        && PlainSpan.has(span.resource(), "k8s.pod.name")
                        && PlainSpan.has(span.resource(), "k8s.namespace.name");
        String platform = ip.isEmpty() ? "" : "node";
        return new TopoNode(
                span.service(),
                nodes.serviceRank(span),
                NodeKind.SERVICE,
                nodes.serviceCategory(span),
                nodes.servicePredicate(span),
                sdk.language(),
                system.isEmpty() ? List.of() : List.of(system),
                kubernetes ? "k8s" : platform,
                sdk.name().isEmpty() ? List.of() : List.of(sdk));
    }

    private TopoNode node(PlainSpan span, String key, NodeKind kind, String predicate) {
        return new TopoNode(
                key,
                nodes.rank(span),
                kind,
                nodes.category(span),
                predicate,
                "",
                List.of(),
                "",
                List.of());
    }

    private void addComponent(PlainSpan span, List<Item> items) {
        String key = nodes.componentKey(span);
        if (key.isEmpty()) {
            return;
        }
        String system = nodes.system(span);
        items.add(node(span, key, NodeKind.COMPONENT, system));
        String name = span.ofSpan("net.peer.name", "server.address");
        String ip = span.ofSpan("net.peer.ip", "network.peer.address");
        String port = span.ofSpan("net.peer.port", "server.port");
        if (!name.isEmpty() || !ip.isEmpty()) {
            items.add(
                    new Instance(
                            key,
                            system + ":" + name + ":" + ip + ":" + port,
                            NodeKind.COMPONENT,
                            nodes.category(span),
                            system,
                            new Sdk("", "", "")));
        }
    }

    private Endpoint endpoint(PlainSpan span, String owner) {
        String[][] keys = {
            {"db.system", "db.system.name"},
            {"messaging.system"},
            {"rpc.system"},
            {"http.method", "http.request.method"},
            {"messaging.destination", "messaging.destination.name"}
        };
        String key = "";
        String value = "";
        for (String[] names : keys) {
            if (PlainSpan.has(span.attributes(), names)) {
                key = names[0];
                value = span.ofSpan(names);
                break;
            }
        }
        return new Endpoint(nodes.name(span), owner, nodes.category(span), key, value, span.kind());
    }

    /** What single spans show, each thing once. */
    public List<Sighting> single() {
        return together(single);
    }

    /** What joining spans shows, each thing once. */
    public List<Sighting> joined() {
        return together(relations.ofMany(spans));
    }

    /** All that there is, each thing once. */
    public List<Sighting> all() {
        return together(Stream.concat(single.stream(), relations.ofMany(spans).stream()).toList());
    }

    public long spansWithoutService() {
        return withoutService;
    }

    /** Sightings of one thing as one, in no order; columns are put together as tables show them. */
    public static List<Sighting> together(List<Sighting> sightings) {
        Map<List<Object>, List<Sighting>> things = new HashMap<>();
        for (Sighting each : sightings) {
            Object thing = each.item() instanceof TopoNode node ? node.key() : each.item();
            things.computeIfAbsent(List.of(each.application(), thing), any -> new ArrayList<>())
                    .add(each);
        }
        return things.values().stream().map(PlainDiscovery::one).toList();
    }

    private static Sighting one(List<Sighting> ofOne) {
        Sighting any = ofOne.get(0);
        Item item =
                any.item() instanceof TopoNode
                        ? one(ofOne.stream().map(each -> (TopoNode) each.item()).toList(), any)
                        : any.item();
        return new Sighting(
                any.application(),
                item,
                ofOne.stream().mapToLong(Sighting::firstSeen).min().orElseThrow(),
                ofOne.stream().mapToLong(Sighting::lastSeen).max().orElseThrow());
    }

    private static TopoNode one(List<TopoNode> seen, Sighting any) {
        TopoNode told =
                seen.stream()
                        .min(
                                Comparator.comparing(TopoNode::rank)
                                        .thenComparing(TopoNode::kind)
                                        .thenComparing(TopoNode::category)
                                        .thenComparing(TopoNode::predicateValue))
                        .orElseThrow();
        return new TopoNode(
                ((TopoNode) any.item()).key(),
                told.rank(),
                told.kind(),
                told.category(),
                told.predicateValue(),
                first(seen.stream().map(TopoNode::language)),
                seen.stream().flatMap(each -> each.systems().stream()).distinct().sorted().toList(),
                first(seen.stream().map(TopoNode::platform)),
                seen.stream()
                        .flatMap(each -> each.sdks().stream())
                        .distinct()
                        .sorted(Comparator.comparing(Sdk::toString))
                        .toList());
    }

    private static String first(Stream<String> texts) {
        return texts.filter(each -> !each.isEmpty()).sorted().findFirst().orElse("");
    }
}
