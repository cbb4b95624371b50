package io.tailrace.jobs.discovery.host;

/**
 * What a directory knows of a host.
 *
 * @param cloudId of the cloud area
 * @param hostId of the host
 * @param agentId of its agent; empty where the directory does not say
 */
record HostEntry(long cloudId, long hostId, String agentId) {}
