package io.tailrace.plain.discovery;

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

    List<PlainRow> ofOne(SeenSpan span) {
        List<PlainRow> relations = new ArrayList<>();
        boolean asynchronous = span.kind() >= 4;
        String component = nodes.componentKey(span);
        if (!component.isEmpty()) {
            relations.add(
                    span.kind() == 5
                            ? relation(component, span, asynchronous)
                            : PlainRow.relation(
                                    span.service(),
                                    component,
                                    asynchronous,
                                    "component",
                                    nodes.category(span)));
        }
        String remote = nodes.remoteKey(span);
        if (!remote.isEmpty()) {
            relations.add(
                    span.serves()
                            ? relation(remote, span, asynchronous)
                            : PlainRow.relation(
                                    span.service(),
                                    remote,
                                    asynchronous,
                                    "remote_service",
                                    nodes.category(span)));
        }
        return relations;
    }

    /** Of a pair it is seen when the second of the two arrives. */
    List<PlainSighting> ofMany(List<SeenSpan> spans) {
        Map<ByteString, Map<Long, List<SeenSpan>>> traces = new HashMap<>();
        for (SeenSpan each : spans) {
            traces.computeIfAbsent(each.span().getTraceId(), any -> new TreeMap<>())
                    .computeIfAbsent(each.id(), any -> new ArrayList<>())
                    .add(each);
        }
        List<PlainSighting> sightings = new ArrayList<>();
        for (SeenSpan span : spans) {
            for (SeenSpan parent : near(traces, span, span.span().getTraceId(), span.parentId())) {
                addCall(parent, span, sightings);
            }
            for (Span.Link link : span.span().getLinksList()) {
                long id = SeenSpan.number(link.getSpanId());
                for (SeenSpan linked : near(traces, span, link.getTraceId(), id)) {
                    add(sightings, linked, span, relation(caller(linked), span, true));
                }
            }
        }
        traces.values().forEach(trace -> addRoots(trace, sightings));
        return sightings;
    }

    private List<SeenSpan> near(
            Map<ByteString, Map<Long, List<SeenSpan>>> traces,
            SeenSpan span,
            ByteString trace,
            long id) {
        return id == 0
                ? List.of()
                : traces.getOrDefault(trace, Map.of()).getOrDefault(id, List.of()).stream()
                        .filter(each -> Math.abs(each.arrival() - span.arrival()) <= wait)
                        .toList();
    }

    private void addCall(SeenSpan parent, SeenSpan span, List<PlainSighting> sightings) {
        if ((parent.kind() == 3 || parent.kind() == 4) && span.serves()) {
            boolean asynchronous = parent.kind() == 4 || span.kind() == 5;
            add(sightings, parent, span, relation(caller(parent), span, asynchronous));
        }
        String remote = nodes.remoteKey(span);
        if (!remote.isEmpty()) {
            sightings.add(
                    new PlainSighting(
                            span.application(),
                            PlainRow.remoteServiceRelation(
                                    remote, nodes.name(parent), nodes.category(span)),
                            Math.max(parent.arrival(), span.arrival()),
                            Math.max(parent.arrival(), span.arrival())));
        }
    }

    /** What the other side hears from: the broker where the span sends to one. */
    private String caller(SeenSpan span) {
        String broker = span.kind() == 4 ? nodes.brokerKey(span) : "";
        return broker.isEmpty() ? span.service() : broker;
    }

    private PlainRow relation(String from, SeenSpan to, boolean asynchronous) {
        return PlainRow.relation(
                from, to.service(), asynchronous, "service", nodes.serviceCategory(to));
    }

    private static void add(
            List<PlainSighting> sightings, SeenSpan from, SeenSpan to, PlainRow relation) {
        long seen = Math.max(from.arrival(), to.arrival());
        sightings.add(new PlainSighting(from.application(), relation, seen, seen));
    }

    /**
     * A trace begins with the first that may be its root, and its root is of those that arrive up
     * to one wait later. What comes after another wait is a trace of its own.
     */
    private void addRoots(Map<Long, List<SeenSpan>> trace, List<PlainSighting> sightings) {
        List<SeenSpan> rest =
                trace.values().stream()
                        .flatMap(List::stream)
                        .filter(each -> each.kind() == 2 || each.kind() == 4)
                        .sorted(Comparator.comparingLong(SeenSpan::arrival))
                        .toList();
        while (!rest.isEmpty()) {
            long begin = rest.get(0).arrival();
            addRoot(
                    rest.stream().filter(each -> each.arrival() - begin <= wait).toList(),
                    sightings);
            rest = rest.stream().filter(each -> each.arrival() - begin > 2 * wait).toList();
        }
    }

    private void addRoot(List<SeenSpan> candidates, List<PlainSighting> sightings) {
        candidates.stream()
                .min(
                        Comparator.comparing(
                                        (SeenSpan each) -> each.span().getStartTimeUnixNano(),
                                        Long::compareUnsigned)
                                .thenComparing(SeenSpan::id, Long::compareUnsigned))
                .ifPresent(
                        root ->
                                sightings.add(
                                        new PlainSighting(
                                                root.application(),
                                                PlainRow.rootEndpoint(
                                                        nodes.name(root),
                                                        root.service(),
                                                        nodes.category(root)),
                                                root.arrival(),
                                                root.arrival())));
    }
}
