package io.tailrace.operators.discovery;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who calls whom, told from one span or from two. */
final class PlainRelations {

    private final PlainNodes nodes;
    private final long wait;

    PlainRelations(PlainNodes nodes, long wait) {
        this.nodes = nodes;
        this.wait = wait;
    }

    List<Relation> ofOne(PlainSpan span) {
        List<Relation> relations = new ArrayList<>();
        boolean asynchronous = span.kind() >= 4;
        String component = nodes.componentKey(span);
        Relation within =
                new Relation(
                        "",
                        span.service(),
                        asynchronous,
                        NodeKind.SERVICE,
                        nodes.serviceCategory(span));
        if (!component.isEmpty()) {
            relations.add(
                    span.kind() == 5
                            ? from(component, within)
                            : new Relation(
                                    span.service(),
                                    component,
                                    asynchronous,
                                    NodeKind.COMPONENT,
                                    nodes.category(span)));
        }
        String remote = nodes.remoteKey(span);
        if (!remote.isEmpty()) {
            relations.add(
                    span.serves()
                            ? from(remote, within)
                            : new Relation(
                                    span.service(),
                                    remote,
                                    asynchronous,
                                    NodeKind.REMOTE_SERVICE,
                                    nodes.category(span)));
        }
        return relations;
    }

    private static Relation from(String key, Relation relation) {
        return new Relation(
                key,
                relation.to(),
                relation.asynchronous(),
                relation.toKind(),
                relation.toCategory());
    }

    /** Of a pair it is seen when the second of the two arrives. */
    List<Sighting> ofMany(List<PlainSpan> spans) {
        Map<ByteString, Map<Long, List<PlainSpan>>> traces = new HashMap<>();
        for (PlainSpan each : spans) {
            traces.computeIfAbsent(each.span().getTraceId(), any -> new TreeMap<>())
                    .computeIfAbsent(each.id(), any -> new ArrayList<>())
                    .add(each);
        }
        List<Sighting> sightings = new ArrayList<>();
        for (PlainSpan span : spans) {
            for (PlainSpan parent : near(traces, span, span.span().getTraceId(), span.parentId())) {
                addCall(parent, span, sightings);
            }
            for (Span.Link link : span.span().getLinksList()) {
                long id = PlainSpan.number(link.getSpanId());
                for (PlainSpan linked : near(traces, span, link.getTraceId(), id)) {
                    add(sightings, linked, span, relation(caller(linked), span, true));
                }
            }
        }
        traces.values().forEach(trace -> addRoots(trace, sightings));
        return sightings;
    }

    private List<PlainSpan> near(
            Map<ByteString, Map<Long, List<PlainSpan>>> traces,
            PlainSpan span,
            ByteString trace,
            long id) {
        return id == 0
                ? List.of()
                : traces.getOrDefault(trace, Map.of()).getOrDefault(id, List.of()).stream()
                        .filter(each -> Math.abs(each.arrival() - span.arrival()) <= wait)
                        .toList();
    }

    private void addCall(PlainSpan parent, PlainSpan span, List<Sighting> sightings) {
        if ((parent.kind() == 3 || parent.kind() == 4) && span.serves()) {
            boolean asynchronous = parent.kind() == 4 || span.kind() == 5;
            add(sightings, parent, span, relation(caller(parent), span, asynchronous));
        }
        String remote = nodes.remoteKey(span);
        if (!remote.isEmpty()) {
            sightings.add(
                    new Sighting(
                            span.application(),
                            new RemoteServiceRelation(
                                    remote, nodes.name(parent), nodes.category(span)),
                            Math.max(parent.arrival(), span.arrival()),
                            Math.max(parent.arrival(), span.arrival())));
        }
    }

    /** What the other side hears from: the broker where the span sends to one. */
    private String caller(PlainSpan span) {
        String broker = span.kind() == 4 ? nodes.brokerKey(span) : "";
        return broker.isEmpty() ? span.service() : broker;
    }

    private Relation relation(String from, PlainSpan to, boolean asynchronous) {
        return new Relation(
                from, to.service(), asynchronous, NodeKind.SERVICE, nodes.serviceCategory(to));
    }

    private static void add(
            List<Sighting> sightings, PlainSpan from, PlainSpan to, Relation relation) {
        long seen = Math.max(from.arrival(), to.arrival());
        sightings.add(new Sighting(from.application(), relation, seen, seen));
    }

    /**
     * A trace begins with the first that may be its root, and its root is of those that arrive up
     * to one wait later. What comes after another wait is a trace of its own.
     */
    private void addRoots(Map<Long, List<PlainSpan>> trace, List<Sighting> sightings) {
        List<PlainSpan> rest =
                trace.values().stream()
                        .flatMap(List::stream)
                        .filter(each -> each.kind() == 2 || each.kind() == 4)
                        .sorted(Comparator.comparingLong(PlainSpan::arrival))
                        .toList();
        while (!rest.isEmpty()) {
            long begin = rest.get(0).arrival();
            addRoot(
                    rest.stream().filter(each -> each.arrival() - begin <= wait).toList(),
                    sightings);
            rest = rest.stream().filter(each -> each.arrival() - begin > 2 * wait).toList();
        }
    }

    private void addRoot(List<PlainSpan> candidates, List<Sighting> sightings) {
        candidates.stream()
                .min(
                        Comparator.comparing(
                                        (PlainSpan each) -> each.span().getStartTimeUnixNano(),
                                        Long::compareUnsigned)
                                .thenComparing(PlainSpan::id, Long::compareUnsigned))
                .ifPresent(
                        root ->
                                sightings.add(
                                        new Sighting(
                                                root.application(),
                                                new RootEndpoint(
                                                        nodes.name(root),
                                                        root.service(),
                                                        nodes.category(root)),
                                                root.arrival(),
                                                root.arrival())));
    }
}
