package io.tailrace.operators.pairing;

import io.tailrace.operators.pairing.SpanSide.Kind;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares each side with each other one of its trace. */
final class PlainPairs {

    private final List<Call> calls = new ArrayList<>();
    private final List<SpanSide> unpaired = new ArrayList<>();

    PlainPairs(List<SpanSide> sides, long wait) {
        Set<SpanSide> paired = new HashSet<>();
        for (SpanSide caller : sides) {
            for (SpanSide callee : sides) {
                if (caller.traceId().equals(callee.traceId())
                        && (caller.kind() == Kind.CLIENT || caller.kind() == Kind.PRODUCER)
                        && (callee.kind() == Kind.SERVER || callee.kind() == Kind.CONSUMER)
                        && callee.callId() == caller.spanId()
                        && Math.abs(callee.arrival() - caller.arrival()) <= wait) {
                    paired.add(caller);
                    paired.add(callee);
                    calls.add(
                            new Call(
                                    caller.service(),
                                    callee.service(),
                                    type(caller),
                                    caller,
                                    callee));
                }
            }
        }
        sides.stream().filter(side -> !paired.contains(side)).forEach(this::alone);
    }

    private static ConnectionType type(SpanSide caller) {
        if (caller.kind() == Kind.PRODUCER) {
            return ConnectionType.MESSAGING_SYSTEM;
        }
        return caller.databaseName() == null ? ConnectionType.NONE : ConnectionType.DATABASE;
    }

    private void alone(SpanSide side) {
        boolean called = side.kind() == Kind.SERVER || side.kind() == Kind.CONSUMER;
        if (called && side.callId() == 0) {
            calls.add(new Call("user", side.service(), ConnectionType.VIRTUAL_NODE, null, side));
        } else if (!called && side.databaseName() != null) {
            calls.add(
                    new Call(
                            side.service(),
                            side.databaseName(),
                            ConnectionType.DATABASE,
                            side,
                            null));
        } else if (!called && side.peerName() != null) {
            calls.add(
                    new Call(
                            side.service(),
                            side.peerName(),
                            ConnectionType.VIRTUAL_NODE,
                            side,
                            null));
        } else {
            unpaired.add(side);
        }
    }

    List<Call> calls() {
        return calls;
    }

    long unpaired(String service) {
        return unpaired.stream().filter(side -> side.service().equals(service)).count();
    }
}
