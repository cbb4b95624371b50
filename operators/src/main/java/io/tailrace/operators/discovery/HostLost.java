package io.tailrace.operators.discovery;

import io.tailrace.operators.serialization.ValueTypeInformation;

/**
 * The agent of a host is heard no more.
 *
 * @param bizId the business; {@link #NO_BUSINESS} where none is named, which means any
 * @param cloudId of the cloud area
 * @param ip empty where only the agent is named
 * @param agentId empty where only the ip is named
 * @param time when that was noticed, milliseconds since the epoch
 */
public record HostLost(long bizId, long cloudId, String ip, String agentId, long time) {

    public static final long NO_BUSINESS = 0;

    public static final ValueTypeInformation<HostLost> TYPE =
            new ValueTypeInformation<>(HostLost.class, new HostLostSerializer());
}
