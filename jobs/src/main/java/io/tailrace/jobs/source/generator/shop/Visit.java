package io.tailrace.jobs.source.generator.shop;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;

import java.util.function.Consumer;

/** What begins a trace, each with its weight. */
enum Visit {
    HOME(16),
    PRODUCT(24),
    SEARCH(12),
    ADD_TO_CART(13),
    VIEW_CART(5),
    CHECKOUT(9),
    ORDER_STATUS(5),
    HEALTH_CHECK(20),
    RECONCILIATION(1);

    private static final Visit[] VISITS = values();
    private static final int WEIGHTS = weights();

    private final int weight;

    Visit(int weight) {
        this.weight = weight;
    }

    private static int weights() {
        int sum = 0;
        for (Visit visit : VISITS) {
            sum += visit.weight;
        }
        return sum;
    }

    static Visit of(Dice dice) {
        int drawn = dice.below(WEIGHTS);
        for (Visit visit : VISITS) {
            drawn -= visit.weight;
            if (drawn < 0) {
                return visit;
            }
        }
        throw new AssertionError("Weights that do not add up");
    }

    /**
     * @param begin nanoseconds after the traffic's start
     */
    void play(Trace trace, long begin) {
        switch (this) {
            case HOME -> home(trace, begin);
            case PRODUCT -> product(trace, begin);
            case SEARCH -> search(trace, begin);
            case ADD_TO_CART -> addToCart(trace, begin);
            case VIEW_CART -> viewCart(trace, begin);
            case CHECKOUT -> checkout(trace, begin);
            case ORDER_STATUS -> orderStatus(trace, begin);
            case HEALTH_CHECK -> healthCheck(trace, begin);
            case RECONCILIATION -> reconciliation(trace, begin);
        }
    }

    private static void home(Trace trace, long begin) {
        shop(trace, begin, "GET", "/", "/", Storefront::home);
    }

    private static void product(Trace trace, long begin) {
        int product = Catalog.anyProduct(trace.dice());
        shop(
                trace,
                begin,
                "GET",
                "/products/:id",
                "/products/" + product,
                act -> Storefront.product(act, product));
    }

    private static void search(Trace trace, long begin) {
        String words = Catalog.anyWords(trace.dice());
        shop(trace, begin, "GET", "/search", "/search?q=" + words, Storefront::search);
    }

    private static void addToCart(Trace trace, long begin) {
        int product = Catalog.anyProduct(trace.dice());
        shop(
                trace,
                begin,
                "POST",
                "/cart/items",
                "/cart/items",
                act -> Storefront.addToCart(act, product));
    }

    private static void viewCart(Trace trace, long begin) {
        shop(trace, begin, "GET", "/cart", "/cart", Storefront::viewCart);
    }

    private static void checkout(Trace trace, long begin) {
        shop(trace, begin, "POST", "/checkout", "/checkout", Storefront::checkout);
    }

    private static void orderStatus(Trace trace, long begin) {
        String order = OrderProcessor.anyOrder(trace.dice());
        shop(
                trace,
                begin,
                "GET",
                "/orders/:id",
                "/orders/" + order,
                act -> Storefront.orderStatus(act, order));
    }

    private static void shop(
            Trace trace,
            long begin,
            String method,
            String route,
            String path,
            Consumer<Act> handler) {
        Instance instance = Instance.of(Service.STOREFRONT, trace.dice());
        Visitor shopper = Visitor.shopper(trace.dice());
        Http.serve(trace, instance, begin, method, route, path, shopper, handler);
    }

    private static void healthCheck(Trace trace, long begin) {
        Instance instance = Instance.ALL.get(trace.dice().below(Instance.ALL.size()));
        Visitor probe = Visitor.probe(instance);
        Http.serve(
                trace, instance, begin, "GET", "/healthz", "/healthz", probe, act -> act.work(0.6));
    }

    private static void reconciliation(Trace trace, long begin) {
        Act job =
                Act.root(
                        trace,
                        Instance.of(Service.ORDER_PROCESSOR, trace.dice()),
                        Language.Instrumentation.OWN_CODE,
                        SpanKind.SPAN_KIND_INTERNAL,
                        "ReconciliationJob.run",
                        begin);
        OrderProcessor.reconcile(job);
        job.end();
    }
}
