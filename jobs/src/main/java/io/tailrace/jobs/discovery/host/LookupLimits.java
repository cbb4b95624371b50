package io.tailrace.jobs.discovery.host;

import java.time.Duration;

/**
 * How answers are asked for and remembered.
 *
 * @param ttl how long one that was found is not asked for again
 * @param unknownTtl the same where there was none
 * @param retryTime how long it is tried again while nobody answers
 * @param most answers that are remembered, and questions that may wait for theirs
 * @param threads that ask
 */
record LookupLimits(Duration ttl, Duration unknownTtl, Duration retryTime, int most, int threads) {}
