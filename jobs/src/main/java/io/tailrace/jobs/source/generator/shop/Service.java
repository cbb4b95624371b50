package io.tailrace.jobs.source.generator.shop;

/** The shop's services. */
public enum Service {
    STOREFRONT("storefront", Language.NODEJS, "4.12.0", 3000, 3, 0, true),
    CATALOG("catalog", Language.GO, "2.7.3", 7001, 3, 1, true),
    CART("cart", Language.DOTNET, "1.19.0", 7002, 2, 2, true),
    CHECKOUT("checkout", Language.JAVA, "3.4.1", 8080, 3, 3, true),
    PAYMENT("payment", Language.GO, "5.0.2", 7004, 2, 4, true),
    INVENTORY("inventory", Language.JAVA, "2.2.0", 7006, 2, 5, true),
    SHIPPING("shipping", Language.RUST, "0.9.4", 7005, 2, 0, true),
    RECOMMENDATION("recommendation", Language.PYTHON, "1.6.0", 8000, 2, 1, true),
    ADS("ads", Language.RUBY, "1.1.8", 9292, 2, 2, false),
    ORDER_PROCESSOR("order-processor", Language.JAVA, "3.4.1", 8081, 3, 3, true),
    NOTIFICATION("notification", Language.PYTHON, "1.3.5", 8001, 2, 4, false);

    private final String serviceName;
    private final Language language;
    private final String version;
    private final int port;
    private final int instances;
    private final int firstHost;
    private final boolean onKubernetes;

    Service(
            String serviceName,
            Language language,
            String version,
            int port,
            int instances,
            int firstHost,
            boolean onKubernetes) {
        this.serviceName = serviceName;
        this.language = language;
        this.version = version;
        this.port = port;
        this.instances = instances;
        this.firstHost = firstHost;
        this.onKubernetes = onKubernetes;
    }

    /** As in {@code service.name}; also the name that others call it by. */
    public String serviceName() {
        return serviceName;
    }

    Language language() {
        return language;
    }

    String version() {
        return version;
    }

    int port() {
        return port;
    }

    int instances() {
        return instances;
    }

    /** Where its first instance runs; the others on every second host from there. */
    int firstHost() {
        return firstHost;
    }

    boolean onKubernetes() {
        return onKubernetes;
    }
}
