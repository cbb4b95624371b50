package io.tailrace.operators.span.semconv;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Attributes that the OpenTelemetry semantic conventions have renamed without changing what they
 * hold: HTTP in 1.23, databases in 1.30, messaging, networks and others on the way. Where a new
 * attribute splits an old one, as {@code server.address} does {@code net.peer.name} by the span's
 * kind, or holds it in another form, neither stands for the other, so it is not here.
 */
final class RenamedAttributes {

    /** Old name, new name. */
    private static final String[][] PAIRS = {
        {"http.method", "http.request.method"},
        {"http.status_code", "http.response.status_code"},
        {"http.url", "url.full"},
        {"http.scheme", "url.scheme"},
        {"http.client_ip", "client.address"},
        {"http.user_agent", "user_agent.original"},
        {"http.request_content_length", "http.request.body.size"},
        {"http.response_content_length", "http.response.body.size"},
        {"http.resend_count", "http.request.resend_count"},
        {"net.sock.peer.addr", "network.peer.address"},
        {"net.sock.peer.port", "network.peer.port"},
        {"net.sock.host.addr", "network.local.address"},
        {"net.sock.host.port", "network.local.port"},
        {"net.peer.ip", "network.peer.address"},
        {"net.host.ip", "network.local.address"},
        {"net.protocol.name", "network.protocol.name"},
        {"net.protocol.version", "network.protocol.version"},
        {"db.system", "db.system.name"},
        {"db.name", "db.namespace"},
        {"db.statement", "db.query.text"},
        {"db.operation", "db.operation.name"},
        {"db.sql.table", "db.collection.name"},
        {"db.mongodb.collection", "db.collection.name"},
        {"db.cassandra.table", "db.collection.name"},
        {"messaging.destination", "messaging.destination.name"},
        {"messaging.operation", "messaging.operation.type"},
        {"messaging.message_id", "messaging.message.id"},
        {"messaging.conversation_id", "messaging.message.conversation_id"},
        {"messaging.consumer_id", "messaging.client.id"},
        {"messaging.client_id", "messaging.client.id"},
        {"messaging.kafka.consumer_group", "messaging.consumer.group.name"},
        {"faas.execution", "faas.invocation_id"},
        {"code.filepath", "code.file.path"},
        {"code.lineno", "code.line.number"},
        {"deployment.environment", "deployment.environment.name"},
    };

    private static final Map<String, List<String>> OTHERS = new TreeMap<>();

    static {
        for (String[] pair : PAIRS) {
            OTHERS.computeIfAbsent(pair[0], any -> new ArrayList<>()).add(pair[1]);
            OTHERS.computeIfAbsent(pair[1], any -> new ArrayList<>()).add(pair[0]);
        }
    }

    private RenamedAttributes() {}

    /** The name itself, then those that mean the same. */
    static List<String> names(String key) {
        List<String> names = new ArrayList<>(List.of(key));
        names.addAll(OTHERS.getOrDefault(key, List.of()));
        return names;
    }
}
