package io.tailrace.operators.discovery;

/**
 * What is known of a host.
 *
 * @param cloudId of the cloud area, {@link #UNKNOWN} where no directory knows the host
 * @param hostId of the host, {@link #UNKNOWN} where no directory knows it
 * @param agentAlive whether its agent lives; null where nobody said
 */
public record HostState(long cloudId, long hostId, Boolean agentAlive) {

    public static final long UNKNOWN = -1;

    /** Nothing. */
    public static final HostState NONE = new HostState(UNKNOWN, UNKNOWN, null);
}
