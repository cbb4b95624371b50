package io.tailrace.jobs.source.generator.shop;

/** The machines that the services run on; no two of them agree on the time. */
enum Host {
    HOST_1("shop-node-1", "10.20.0.11", 0),
    HOST_2("shop-node-2", "10.20.0.12", 400_000),
    HOST_3("shop-node-3", "10.20.0.13", -300_000),
    HOST_4("shop-node-4", "10.20.0.14", 900_000),
    HOST_5("shop-node-5", "10.20.0.15", -700_000),
    HOST_6("shop-node-6", "10.20.0.16", 200_000);

    private static final Host[] HOSTS = values();

    private final String hostName;
    private final String ip;
    private final long skewNanos;

    Host(String hostName, String ip, long skewNanos) {
        this.hostName = hostName;
        this.ip = ip;
        this.skewNanos = skewNanos;
    }

    /** Where an instance runs; instances of one service run on different hosts. */
    static Host of(Service service, int instance) {
        return HOSTS[(service.firstHost() + 2 * instance) % HOSTS.length];
    }

    String hostName() {
        return hostName;
    }

    String ip() {
        return ip;
    }

    /** How far its clock is ahead. */
    long skewNanos() {
        return skewNanos;
    }
}
