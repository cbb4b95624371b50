package io.tailrace.operators.span.wire;

import io.tailrace.operators.span.tracestate.TraceStateChange;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What is written onto the kept spans of a trace: the policy that kept them, as attributes of their
 * instrumentation scope, and the threshold in their trace state.
 */
public final class Stamp {

    private static final byte[] POLICY = utf8("tailsampling.policy");
    private static final byte[] COMPOSITE_POLICY = utf8("tailsampling.composite_policy");

    /** The encoded attributes of a scope. */
    final byte[] attributes;

    final TraceStateChange traceState;
    final boolean namesPolicy;

    /**
     * @param policy null to leave the scopes alone
     * @param compositePolicy the one within a composite policy; null without one, which takes off
     *     what an earlier sampler said of its own
     */
    public Stamp(String policy, String compositePolicy, TraceStateChange traceState) {
        if (policy == null && compositePolicy != null) {
            throw new IllegalArgumentException("A policy within none: " + compositePolicy);
        }
        this.traceState = traceState;
        this.namesPolicy = policy != null;
        BackwardWriter writer = new BackwardWriter();
        if (compositePolicy != null) {
            prependAttribute(writer, COMPOSITE_POLICY, utf8(compositePolicy));
        }
        if (policy != null) {
            prependAttribute(writer, POLICY, utf8(policy));
        }
        attributes = writer.toBytes();
    }

    private static void prependAttribute(BackwardWriter writer, byte[] key, byte[] text) {
        int before = writer.length();
        writer.prepend(text);
        writer.close(1, before);
        writer.close(2, before);
        int beforeKey = writer.length();
        writer.prepend(key);
        writer.close(1, beforeKey);
        writer.close(ScopeView.ATTRIBUTES, before);
    }

    /** Whether an attribute of this key, in UTF-8, gives way to those of a stamp. */
    static boolean replaces(byte[] bytes, int from, int to) {
        return Arrays.equals(bytes, from, to, POLICY, 0, POLICY.length)
                || Arrays.equals(bytes, from, to, COMPOSITE_POLICY, 0, COMPOSITE_POLICY.length);
    }

    boolean changesTraceStates() {
        return !(traceState instanceof TraceStateChange.Untouched);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
