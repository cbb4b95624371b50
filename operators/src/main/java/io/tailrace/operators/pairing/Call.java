package io.tailrace.operators.pairing;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.serialization.ValueTypeInformation;
import io.tailrace.operators.span.TraceId;

/**
 * One service has called another.
 *
 * @param client the service that called; {@link #USER} where nobody knows
 * @param server the service that was called, or what the client calls it
 * @param clientSide null where it was not seen
 * @param serverSide null where it was not seen; one of both always is
 */
public record Call(
        String client,
        String server,
        ConnectionType connection,
        SpanSide clientSide,
        SpanSide serverSide) {

    public static final ValueTypeInformation<Call> TYPE =
            new ValueTypeInformation<>(Call.class, new CallSerializer());

    /** Who calls a service whose span is a root. */
    public static final String USER = "user";

    static Call paired(SpanSide caller, SpanSide callee) {
        return new Call(
                caller.service(),
                callee.service(),
                caller.kind().messaging() || callee.kind().messaging()
                        ? ConnectionType.MESSAGING_SYSTEM
                        : caller.databaseName() == null
                                ? ConnectionType.NONE
                                : ConnectionType.DATABASE,
                caller,
                callee);
    }

    static Call byUser(SpanSide root) {
        return new Call(USER, root.service(), ConnectionType.VIRTUAL_NODE, null, root);
    }

    /** What a caller alone tells; null where it does not say whom it called. */
    static Call ofCaller(SpanSide caller) {
        if (caller.databaseName() != null) {
            return ofCaller(caller, caller.databaseName(), ConnectionType.DATABASE);
        }
        return caller.peerName() == null
                ? null
                : ofCaller(caller, caller.peerName(), ConnectionType.VIRTUAL_NODE);
    }

    private static Call ofCaller(SpanSide caller, String server, ConnectionType connection) {
        return new Call(caller.service(), server, connection, caller, null);
    }

    /** The client's side, or the server's where that was not seen. */
    private SpanSide first() {
        return clientSide == null ? serverSide : clientSide;
    }

    public TraceId traceId() {
        return first().traceId();
    }

    /** The client's, where it was seen. */
    public Application application() {
        return first().application();
    }

    /** When the client's side ended, else the server's: milliseconds since the epoch. */
    public long endMillis() {
        return first().endMillis();
    }

    /** The later one of both sides: milliseconds since the epoch. */
    public long arrival() {
        return clientSide == null || serverSide == null
                ? first().arrival()
                : Math.max(clientSide.arrival(), serverSide.arrival());
    }

    /** Whether either side says that it failed. */
    public boolean error() {
        return clientSide != null && clientSide.error() || serverSide != null && serverSide.error();
    }

    /** For how many it stands: both sides are there where the rarer one is. */
    public long times() {
        return Math.max(
                clientSide == null ? 1 : clientSide.times(),
                serverSide == null ? 1 : serverSide.times());
    }
}
