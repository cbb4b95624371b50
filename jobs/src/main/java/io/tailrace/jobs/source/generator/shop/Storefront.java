package io.tailrace.jobs.source.generator.shop;

/** The gateway of the shop's web site and apps. */
final class Storefront {

    private static final double SIGNED_IN = 0.7;

    private Storefront() {}

    static void home(Act act) {
        session(act);
        act.together(
                Storefront::recommendations,
                all -> Grpc.call(all, Service.CATALOG, Catalog.API, "ListProducts", Catalog::list));
        act.step("render home", page -> page.work(4));
    }

    static void product(Act act, int product) {
        session(act);
        Failure failure = Catalog.get(act, product);
        if (failure != null) {
            act.fail(failure);
            return;
        }
        act.together(
                all -> {
                    if (all.chance(0.4)) {
                        recommendations(all);
                    }
                },
                Storefront::banner);
        act.step("render product", page -> page.work(3));
    }

    static void search(Act act) {
        session(act);
        Failure failure =
                Grpc.call(act, Service.CATALOG, Catalog.API, "SearchProducts", Catalog::search);
        if (failure != null) {
            act.fail(failure);
            return;
        }
        act.step("render results", page -> page.work(3));
    }

    static void addToCart(Act act, int product) {
        session(act);
        Failure failure = Catalog.get(act, product);
        if (failure == null) {
            failure = Grpc.call(act, Service.CART, Cart.API, "AddItem", Cart::add);
        }
        act.fail(failure);
    }

    /** Asks for each item on its own, as many a shop does. */
    static void viewCart(Act act) {
        session(act);
        Grpc.call(act, Service.CART, Cart.API, "GetCart", Cart::get);
        int items = act.dice().between(0, 4);
        for (int i = 0; i < items; i++) {
            Catalog.get(act, Catalog.anyProduct(act.dice()));
        }
        act.step("render cart", page -> page.work(2.5));
    }

    static void checkout(Act act) {
        session(act);
        Failure failure =
                Http.call(
                        act,
                        Service.CHECKOUT,
                        "POST",
                        "/api/orders",
                        "/api/orders",
                        Checkout::placeOrder);
        if (failure != null && failure.serverErrorInHttp()) {
            act.raise(
                    failure.as("CheckoutError", "checkout answered with status " + failure.http()));
            return;
        }
        act.fail(failure);
    }

    static void orderStatus(Act act, String order) {
        session(act);
        act.fail(
                Http.call(
                        act,
                        Service.ORDER_PROCESSOR,
                        "GET",
                        "/api/orders/{orderId}",
                        "/api/orders/" + order,
                        OrderProcessor::status));
    }

    private static void session(Act act) {
        if (act.chance(SIGNED_IN)) {
            String user = "u-" + act.dice().between(10_000, 19_999);
            act.put("enduser.id", user).put("user.id", user);
        }
        Database.command(act, Backend.SESSION_STORE, "GET", "session:?", 0.5);
        act.work(0.8);
    }

    /** Shows the best sellers instead where there are none. */
    private static void recommendations(Act act) {
        Http.call(
                act,
                Service.RECOMMENDATION,
                "GET",
                "/recommendations",
                "/recommendations?limit=5",
                Recommendation::recommend);
    }

    /** Shows nothing where there is none. */
    private static void banner(Act act) {
        Http.call(act, Service.ADS, "GET", "/ads/banner", "/ads/banner?slot=top", Ads::banner);
    }
}
