package io.tailrace.operators.discovery.rule;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.discovery.DiscoverySettings;
import io.tailrace.operators.rewriting.Rewriting;
import io.tailrace.operators.rewriting.TemplateRule;
import io.tailrace.operators.span.semconv.AttributeText;
import io.tailrace.operators.span.wire.Attributes;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.SpanView;
import io.tailrace.operators.span.wire.Utf8Builder;

import java.nio.charset.StandardCharsets;

/**
 * Writes all that is used of a span's texts one behind the other, so that what the span shows is
 * found by these bytes; {@link #texts} reads them again. Makes no objects but the texts. For one
 * thread.
 */
public final class SpanKey {

    private static final byte[] YES = {'y'};
    private static final byte[] TRPC = utf8("trpc");

    private static final AttributeText SERVICE_NAME = new AttributeText("service.name");
    private static final AttributeText SDK_NAME = new AttributeText("telemetry.sdk.name");
    private static final AttributeText SDK_VERSION = new AttributeText("telemetry.sdk.version");
    private static final AttributeText SDK_LANGUAGE = new AttributeText("telemetry.sdk.language");
    private static final AttributeText INSTANCE =
            AttributeText.ofFirst("bk.instance.id", "service.instance.id");
    private static final AttributeText HOST_IP =
            AttributeText.ofFirst("net.host.ip", "host.ip", "network.local.address");
    private static final AttributeText[] KUBERNETES = {
        new AttributeText("k8s.bcs.cluster.id"),
        new AttributeText("k8s.pod.name"),
        new AttributeText("k8s.namespace.name")
    };
    private static final AttributeText PEER_NAME =
            AttributeText.ofFirst("net.peer.name", "server.address");
    private static final AttributeText PEER_IP = new AttributeText("net.peer.ip");
    private static final AttributeText PEER_PORT =
            AttributeText.ofFirst("net.peer.port", "server.port");
    private static final AttributeText PEER_SERVICE = new AttributeText("peer.service");

    /** Those that a component is named by, before the attribute of its rule. */
    private static final CommonAttribute[] SYSTEMS = {
        CommonAttribute.DB_SYSTEM, CommonAttribute.MESSAGING_SYSTEM
    };

    /** Those that an endpoint's category kind is told by: the first that is there. */
    private static final CommonAttribute[] KIND_KEYS = {
        CommonAttribute.DB_SYSTEM,
        CommonAttribute.MESSAGING_SYSTEM,
        CommonAttribute.RPC_SYSTEM,
        CommonAttribute.HTTP_METHOD,
        CommonAttribute.MESSAGING_DESTINATION
    };

    private final CategoryRules rules;

    /** Null where names stay as they are. */
    private final Rewriting names;

    private final int mostBytes;
    private final Utf8Builder key = new Utf8Builder();
    private final Utf8Builder resourceIp = new Utf8Builder();
    private Attributes resource;
    private Application application;
    private byte[] applicationName;
    private boolean hasService;
    private int resourceTo;
    private long cut;

    public SpanKey(DiscoverySettings settings, CategoryRules rules) {
        this.rules = rules;
        names = Rewriting.of(TemplateRule.SPAN_NAME, null, settings.templates());
        mostBytes = settings.maxValueBytes();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Begins the keys of the spans that follow.
     *
     * @param of the application that the resource belongs to
     * @return whether it has a service; without one its spans show nothing
     */
    public boolean resource(ResourceView view, Application of) {
        resource = view.attributes();
        if (!of.equals(application)) {
            application = of;
            applicationName = utf8(of.name());
        }
        key.clear();
        key.appendDecimal(of.bizId());
        key.appendByte(SpanTexts.END);
        key.append(applicationName);
        key.appendByte(SpanTexts.END);
        int serviceFrom = key.length();
        append(SERVICE_NAME, resource);
        hasService = key.length() > serviceFrom + 1;
        append(SDK_NAME, resource);
        append(SDK_VERSION, resource);
        append(SDK_LANGUAGE, resource);
        append(INSTANCE, resource);
        if (hasAll(KUBERNETES)) {
            key.append(YES);
        }
        key.appendByte(SpanTexts.END);
        resourceTo = key.length();
        resourceIp.clear();
        HOST_IP.appendFirstTo(resource, resourceIp);
        return hasService;
    }

    private boolean hasAll(AttributeText[] attributes) {
        for (AttributeText each : attributes) {
            if (!each.isIn(resource)) {
                return false;
            }
        }
        return true;
    }

    /** The key of a span; it holds until the next one. */
    public Utf8Builder of(SpanView span) {
        Attributes attributes = span.attributes();
        key.truncate(resourceTo);
        int kind = span.kind();
        appendNumber(kind >= 0 && kind <= SpanItems.CONSUMER ? kind : 0);
        int present = CommonAttribute.in(attributes);
        int rank = rules.rank(present, resource, attributes);
        appendNumber(rank);
        int predicateFrom = key.length();
        rules.appendPredicateTo(key, rank, resource, attributes);
        end(predicateFrom);
        int predicateTo = key.length() - 1;
        appendRpcSystem(attributes, present);
        appendKindKey(attributes, present);
        appendComponent(attributes, present, rank, predicateFrom, predicateTo);
        append(PEER_SERVICE, attributes);
        appendHostIp(attributes);
        appendName(span);
        return key;
    }

    private void appendRpcSystem(Attributes attributes, int present) {
        if (CommonAttribute.TRPC_NAMESPACE.isAmong(present)) {
            key.append(TRPC);
            key.appendByte(SpanTexts.END);
        } else {
            append(CommonAttribute.RPC_SYSTEM, attributes, present);
        }
    }

    private void appendKindKey(Attributes attributes, int present) {
        for (CommonAttribute each : KIND_KEYS) {
            if (each.isAmong(present)) {
                each.appendNameTo(key);
                key.appendByte(SpanTexts.END);
                append(each, attributes, present);
                return;
            }
        }
        appendNothing(2);
    }

    private void appendComponent(
            Attributes attributes, int present, int rank, int predicateFrom, int predicateTo) {
        if (!rules.isComponent(rank)) {
            appendNothing(4);
            return;
        }
        int from = key.length();
        for (CommonAttribute each : SYSTEMS) {
            if (each.isAmong(present) && key.length() == from) {
                each.appendTo(key, attributes);
            }
        }
        if (key.length() == from) {
            key.append(key.bytes(), predicateFrom, predicateTo);
        }
        end(from);
        append(PEER_NAME, attributes);
        append(PEER_IP, attributes);
        append(PEER_PORT, attributes);
    }

    private void appendHostIp(Attributes attributes) {
        int from = key.length();
        if (resourceIp.length() > 0) {
            key.append(resourceIp.bytes(), 0, resourceIp.length());
        } else {
            HOST_IP.appendFirstTo(attributes, key);
        }
        end(from);
    }

    private void appendName(SpanView span) {
        int from = key.length();
        span.appendNameTo(key);
        if (names != null && key.length() > from) {
            names.rewrite(key, from);
        }
        end(from);
    }

    private void append(CommonAttribute attribute, Attributes attributes, int present) {
        int from = key.length();
        if (attribute.isAmong(present)) {
            attribute.appendTo(key, attributes);
        }
        end(from);
    }

    private void append(AttributeText text, Attributes attributes) {
        int from = key.length();
        text.appendTo(attributes, key);
        end(from);
    }

    private void appendNothing(int texts) {
        for (int i = 0; i < texts; i++) {
            key.appendByte(SpanTexts.END);
        }
    }

    private void appendNumber(int number) {
        key.appendDecimal(number);
        key.appendByte(SpanTexts.END);
    }

    private void end(int from) {
        cut += key.cut(from, mostBytes) ? 1 : 0;
        key.appendByte(SpanTexts.END);
    }

    /** What the last key says. */
    public SpanTexts texts() {
        return SpanTexts.of(key);
    }

    /** How many texts were too long so far. */
    public long cut() {
        return cut;
    }
}
