package io.tailrace.jobs.source.generator.shop;

/** Databases and brokers: they send no spans, and are seen only from their clients. */
enum Backend {
    CATALOG_DATABASE("postgresql", "catalog", "catalog-db", "10.20.1.21", 5432),
    ORDER_DATABASE("postgresql", "orders", "orders-db", "10.20.1.22", 5432),
    INVENTORY_DATABASE("mysql", "inventory", "inventory-db", "10.20.1.23", 3306),
    CATALOG_CACHE("redis", "0", "catalog-cache", "10.20.1.31", 6379),
    SESSION_STORE("redis", "0", "session-redis", "10.20.1.32", 6379),
    BROKER_1("kafka", "", "kafka-1", "10.20.1.41", 9092),
    BROKER_2("kafka", "", "kafka-2", "10.20.1.42", 9092),
    BROKER_3("kafka", "", "kafka-3", "10.20.1.43", 9092);

    private final String system;
    private final String database;
    private final String address;
    private final String ip;
    private final int port;

    Backend(String system, String database, String address, String ip, int port) {
        this.system = system;
        this.database = database;
        this.address = address;
        this.ip = ip;
        this.port = port;
    }

    /** As in {@code db.system.name} and {@code messaging.system}. */
    String system() {
        return system;
    }

    String database() {
        return database;
    }

    /** Says of a client's span whom it talks to. */
    Act describe(Act client) {
        return client.put("server.address", address)
                .put("server.port", port)
                .put("network.peer.address", ip)
                .put("net.peer.name", address)
                .put("net.peer.ip", ip)
                .put("net.peer.port", port);
    }
}
