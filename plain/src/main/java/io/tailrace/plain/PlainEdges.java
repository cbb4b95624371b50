package io.tailrace.plain;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who called whom, told by comparing span objects with each other, on one thread. */
public final class PlainEdges {

    private static final long[] BOUNDS_MS = {
        2, 4, 6, 8, 10, 50, 100, 200, 400, 800, 1000, 1400, 2000, 5000, 10_000, 15_000
    };

    private final long window;
    private final long wait;
    private final long pairingWait;
    private final long lateness;
    private final Map<Key, List<Call>> calls = new HashMap<>();
    private long unpaired;
    private long tooLate;

    /** An edge in a window. */
    public record Key(long windowStart, String client, String server, String connection) {}

    private record Side(Span span, String service, long arrival) {
        long micros() {
            return (span.getEndTimeUnixNano() - span.getStartTimeUnixNano()) / 1000;
        }

        boolean error() {
            return span.getStatus().getCodeValue() == 2;
        }
    }

    private record Call(Side client, Side server) {
        long end() {
            return (client == null ? server : client).span.getEndTimeUnixNano() / 1_000_000;
        }

        long arrival() {
            return Stream.of(this.client, this.server)
                    .filter(each -> each != null)
                    .mapToLong(Side::arrival)
                    .max()
                    .orElseThrow();
        }

        boolean error() {
            return client != null && client.error() || server != null && server.error();
        }
    }

    /** Lengths in milliseconds. */
    public PlainEdges(
            List<PlainRequest> requests, long window, long wait, long pairingWait, long lateness) {
        this.window = window;
        this.wait = wait;
        this.pairingWait = pairingWait;
        this.lateness = lateness;
        Map<ByteString, List<Side>> traces = new HashMap<>();
        for (PlainRequest request : requests) {
            for (PlainSpan each : PlainSpan.of(request.otlp())) {
                String service = text(each.resource().getAttributesList(), "service.name");
                if (service != null) {
                    traces.computeIfAbsent(each.span().getTraceId(), any -> new ArrayList<>())
                            .add(new Side(each.span(), service, request.arrival()));
                }
            }
        }
        traces.values().forEach(this::pair);
    }

    private void pair(List<Side> trace) {
        List<Side> callers = of(trace, 3, 4);
        List<Side> callees = new ArrayList<>(of(trace, 2, 5));
        for (Side root : List.copyOf(callees)) {
            if (root.span.getParentSpanId().isEmpty()) {
                callees.remove(root);
                add("user", root.service, "virtual_node", new Call(null, root));
            }
        }
        for (Side caller : callers) {
            boolean producer = caller.span.getKindValue() == 4;
            List<Side> its =
                    callees.stream()
                            .filter(side -> isChild(caller, side))
                            .filter(side -> near(caller, side))
                            .toList();
            callees.removeAll(its);
            for (Side callee : its) {
                boolean messaging = producer || callee.span.getKindValue() == 5;
                String database = database(caller);
                add(
                        caller.service,
                        callee.service,
                        messaging ? "messaging_system" : database == null ? "" : "database",
                        new Call(caller, callee));
            }
            if (its.isEmpty()) {
                alone(caller);
            }
        }
        unpaired += callees.size();
    }

    private static boolean isChild(Side caller, Side callee) {
        return callee.span.getParentSpanId().equals(caller.span.getSpanId());
    }

    private static List<Side> of(List<Side> trace, Integer... kinds) {
        return trace.stream()
                .filter(side -> List.of(kinds).contains(side.span.getKindValue()))
                .toList();
    }

    private boolean near(Side one, Side other) {
        return Math.abs(one.arrival - other.arrival) <= pairingWait;
    }

    private void alone(Side caller) {
        String database = database(caller);
        String peer =
                Stream.of("peer.service", "db.name", "db.namespace", "db.system", "db.system.name")
                        .map(key -> text(caller.span.getAttributesList(), key))
                        .filter(text -> text != null)
                        .findFirst()
                        .orElse(null);
        if (database != null) {
            add(caller.service, database, "database", new Call(caller, null));
        } else if (peer != null) {
            add(caller.service, peer, "virtual_node", new Call(caller, null));
        } else {
            unpaired++;
        }
    }

    private static String database(Side caller) {
        String old = text(caller.span.getAttributesList(), "db.name");
        return old != null ? old : text(caller.span.getAttributesList(), "db.namespace");
    }

    private void add(String client, String server, String connection, Call call) {
        long start = call.end() / window * window;
        if (call.arrival() > start + window + wait + pairingWait + lateness) {
            tooLate++;
            return;
        }
        calls.computeIfAbsent(new Key(start, client, server, connection), any -> new ArrayList<>())
                .add(call);
    }

    /** Null where there is none, or an empty one. */
    private static String text(List<KeyValue> attributes, String key) {
        return attributes.stream()
                .filter(each -> each.getKey().equals(key))
                .map(each -> each.getValue().getStringValue())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(null);
    }

    public long unpaired() {
        return unpaired;
    }

    public long tooLate() {
        return tooLate;
    }

    /** How many calls are counted. */
    public long counted() {
        return calls.values().stream().mapToLong(List::size).sum();
    }

    /** What there is to say of each edge, by the names that rows have for it. */
    public Map<Key, Map<String, Object>> said() {
        return calls.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> said(each.getValue())));
    }

    private static Map<String, Object> said(List<Call> calls) {
        Map<String, Object> said = new TreeMap<>();
        said.put("count", (long) calls.size());
        said.put("error_count", calls.stream().filter(Call::error).count());
        add("server_count", "", calls.stream().map(Call::server), said);
        add("client_count", "client_", calls.stream().map(Call::client), said);
        return said;
    }

    private static void add(
            String count, String prefix, Stream<Side> all, Map<String, Object> said) {
        List<Side> sides = all.filter(side -> side != null).toList();
        long[] buckets = new long[BOUNDS_MS.length + 1];
        for (Side side : sides) {
            int bucket = 0;
            while (bucket < BOUNDS_MS.length && side.micros() > BOUNDS_MS[bucket] * 1000) {
                bucket++;
            }
            buckets[bucket]++;
        }
        said.put(count, (long) sides.size());
        said.put(prefix + "sum_duration_us", sides.stream().mapToLong(Side::micros).sum());
        said.put(
                prefix + "max_duration_us", sides.stream().mapToLong(Side::micros).max().orElse(0));
        said.put(
                prefix + "min_duration_us", sides.stream().mapToLong(Side::micros).min().orElse(0));
        said.put(prefix + "buckets", Arrays.stream(buckets).boxed().toList());
    }
}
