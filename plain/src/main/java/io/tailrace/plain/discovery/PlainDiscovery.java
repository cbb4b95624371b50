package io.tailrace.plain.discovery;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

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

    private static final List<String> KINDS = List.of("service", "component", "remote_service");

    private final PlainNodes nodes = new PlainNodes();
    private final PlainRelations relations;
    private final int mostBytes;
    private final List<SeenSpan> spans = new ArrayList<>();

    /** Each thing as it was seen, once: there are many spans, and few things. */
    private final Map<List<Object>, PlainSighting> single = new HashMap<>();

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
                    SeenSpan.map(resourceSpans.getResource().getAttributesList());
            for (ScopeSpans scopeSpans : resourceSpans.getScopeSpansList()) {
                for (Span span : scopeSpans.getSpansList()) {
                    see(resource, span, arrival);
                }
            }
        }
    }

    private void see(Map<String, AnyValue> resource, Span span, long arrival) {
        SeenSpan nameless =
                new SeenSpan(
                        application(resource),
                        "",
                        resource,
                        SeenSpan.map(span.getAttributesList()),
                        span,
                        arrival,
                        mostBytes);
        String service = nameless.ofResource("service.name");
        if (service.isEmpty()) {
            withoutService++;
            return;
        }
        SeenSpan plain =
                new SeenSpan(
                        nameless.application(),
                        service,
                        resource,
                        nameless.attributes(),
                        span,
                        arrival,
                        mostBytes);
        spans.add(plain);
        for (PlainItem item : shown(plain)) {
            single.merge(
                    List.of(plain.application(), item),
                    new PlainSighting(plain.application(), item, arrival, arrival),
                    (one, other) -> one(List.of(one, other)));
        }
    }

    private static PlainApplication application(Map<String, AnyValue> resource) {
        AnyValue id = resource.getOrDefault("bk_biz_id", AnyValue.getDefaultInstance());
        String name =
                resource.getOrDefault("app_name", AnyValue.getDefaultInstance()).getStringValue();
        long bizId = 2;
        if (id.hasIntValue()) {
            bizId = id.getIntValue();
        } else if (id.getStringValue().matches("-?[0-9]{1,18}")) {
            bizId = Long.parseLong(id.getStringValue());
        }
        return new PlainApplication(bizId, name.isEmpty() ? "default" : name);
    }

    private List<PlainItem> shown(SeenSpan span) {
        List<PlainItem> items = new ArrayList<>();
        PlainSdk sdk =
                new PlainSdk(
                        span.ofResource("telemetry.sdk.name"),
                        span.ofResource("telemetry.sdk.version"),
                        span.ofResource("telemetry.sdk.language"));
        String ip = ip(span);
        items.add(service(span, sdk, ip));
        if (!ip.isEmpty()) {
            items.add(PlainRow.host(ip, span.service()));
        }
        String instance = span.ofResource("bk.instance.id", "service.instance.id");
        if (!instance.isEmpty()) {
            items.add(
                    PlainRow.instance(
                            span.service(),
                            instance,
                            "service",
                            nodes.serviceCategory(span),
                            nodes.servicePredicate(span),
                            sdk));
        }
        addComponent(span, items);
        String remote = nodes.remoteKey(span);
        if (!remote.isEmpty()) {
            items.add(node(span, remote, "remote_service", span.ofSpan("peer.service")));
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

    private static String ip(SeenSpan span) {
        String[] names = {"net.host.ip", "host.ip", "network.local.address"};
        String ofResource = span.firstText(span.resource(), names);
        return ofResource.isEmpty() ? span.firstText(span.attributes(), names) : ofResource;
    }

    private PlainNode service(SeenSpan span, PlainSdk sdk, String ip) {
        String system =
                SeenSpan.has(span.attributes(), "trpc.namespace")
                        ? "trpc"
                        : span.ofSpan("rpc.system");
        boolean kubernetes =
                SeenSpan.has(span.resource(), "k8s.bcs.cluster.id")
                        && SeenSpan.has(span.resource(), "k8s.pod.name")
                        && SeenSpan.has(span.resource(), "k8s.namespace.name");
        String platform = ip.isEmpty() ? "" : "node";
        return new PlainNode(
                span.service(),
                nodes.serviceRank(span),
                "service",
                nodes.serviceCategory(span),
                nodes.servicePredicate(span),
                sdk.language(),
                system.isEmpty() ? List.of() : List.of(system),
                kubernetes ? "k8s" : platform,
                sdk.name().isEmpty() ? List.of() : List.of(sdk));
    }

    private PlainNode node(SeenSpan span, String key, String kind, String predicate) {
        return new PlainNode(
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

    private void addComponent(SeenSpan span, List<PlainItem> items) {
        String key = nodes.componentKey(span);
        if (key.isEmpty()) {
            return;
        }
        String system = nodes.system(span);
        items.add(node(span, key, "component", system));
        String name = span.ofSpan("net.peer.name", "server.address");
        String ip = span.ofSpan("net.peer.ip", "network.peer.address");
        String port = span.ofSpan("net.peer.port", "server.port");
        if (!name.isEmpty() || !ip.isEmpty()) {
            items.add(
                    PlainRow.instance(
                            key,
                            system + ":" + name + ":" + ip + ":" + port,
                            "component",
                            nodes.category(span),
                            system,
                            new PlainSdk("", "", "")));
        }
    }

    private PlainRow endpoint(SeenSpan span, String owner) {
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
            if (SeenSpan.has(span.attributes(), names)) {
                key = names[0];
                value = span.ofSpan(names);
                break;
            }
        }
        return PlainRow.endpoint(
                nodes.name(span), owner, nodes.category(span), key, value, span.kind());
    }

    /** What single spans show, each thing once. */
    public List<PlainSighting> single() {
        return together(List.copyOf(single.values()));
    }

    /** What joining spans shows, each thing once. */
    public List<PlainSighting> joined() {
        return together(relations.ofMany(spans));
    }

    /** All that there is, each thing once. */
    public List<PlainSighting> all() {
        return together(
                Stream.concat(single.values().stream(), relations.ofMany(spans).stream()).toList());
    }

    public long spansWithoutService() {
        return withoutService;
    }

    /**
     * PlainSightings of one thing as one, in no order; columns are put together as tables show
     * them.
     */
    public static List<PlainSighting> together(List<PlainSighting> sightings) {
        Map<List<Object>, List<PlainSighting>> things = new HashMap<>();
        for (PlainSighting each : sightings) {
            Object thing = each.item() instanceof PlainNode node ? node.key() : each.item();
            things.computeIfAbsent(List.of(each.application(), thing), any -> new ArrayList<>())
                    .add(each);
        }
        return things.values().stream().map(PlainDiscovery::one).toList();
    }

    private static PlainSighting one(List<PlainSighting> ofOne) {
        PlainSighting any = ofOne.get(0);
        PlainItem item =
                any.item() instanceof PlainNode
                        ? one(ofOne.stream().map(each -> (PlainNode) each.item()).toList(), any)
                        : any.item();
        return new PlainSighting(
                any.application(),
                item,
                ofOne.stream().mapToLong(PlainSighting::firstSeen).min().orElseThrow(),
                ofOne.stream().mapToLong(PlainSighting::lastSeen).max().orElseThrow());
    }

    private static PlainNode one(List<PlainNode> seen, PlainSighting any) {
        PlainNode told =
                seen.stream()
                        .min(
                                Comparator.comparing(PlainNode::rank)
                                        .thenComparing(each -> KINDS.indexOf(each.kind()))
                                        .thenComparing(PlainNode::category)
                                        .thenComparing(PlainNode::predicateValue))
                        .orElseThrow();
        return new PlainNode(
                ((PlainNode) any.item()).key(),
                told.rank(),
                told.kind(),
                told.category(),
                told.predicateValue(),
                first(seen.stream().map(PlainNode::language)),
                seen.stream().flatMap(each -> each.systems().stream()).distinct().sorted().toList(),
                first(seen.stream().map(PlainNode::platform)),
                seen.stream()
                        .flatMap(each -> each.sdks().stream())
                        .distinct()
                        .sorted(Comparator.comparing(PlainSdk::toString))
                        .toList());
    }

    private static String first(Stream<String> texts) {
        return texts.filter(each -> !each.isEmpty()).sorted().findFirst().orElse("");
    }
}
