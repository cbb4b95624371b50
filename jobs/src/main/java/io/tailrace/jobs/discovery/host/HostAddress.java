package io.tailrace.jobs.discovery.host;

/**
 * What a directory is asked for.
 *
 * @param bizId the business whose application's spans have it
 */
record HostAddress(long bizId, String ip) {}
