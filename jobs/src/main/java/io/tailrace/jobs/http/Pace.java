package io.tailrace.jobs.http;

import dev.failsafe.RateLimiter;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How fast each host is called, whichever of its services it is. */
public final class Pace {

    private final Duration gap;
    private final Map<String, RateLimiter<Object>> hosts = new ConcurrentHashMap<>();

    /**
     * @param perSecond calls to one host
     */
    public Pace(double perSecond) {
        gap = Duration.ofNanos(Math.round(1e9 / perSecond));
    }

    /** Waits for the host's turn. */
    void await(URI address) throws InterruptedException {
        hosts.computeIfAbsent(address.getAuthority(), any -> RateLimiter.smoothBuilder(gap).build())
                .acquirePermit();
    }
}
