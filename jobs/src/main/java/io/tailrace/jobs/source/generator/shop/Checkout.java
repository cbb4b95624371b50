package io.tailrace.jobs.source.generator.shop;

/** Makes orders out of carts: prices, payment, and a message for all that happens later. */
final class Checkout {

    private static final String PAYMENT_FAILED = "shop.checkout.PaymentFailedException";

    private Checkout() {}

    static void placeOrder(Act act) {
        String order = OrderProcessor.anyOrder(act.dice());
        act.put("shop.order.id", order);
        act.work(1);
        act.step("OrderService.placeOrder", step -> place(step, order));
    }

    private static void place(Act act, String order) {
        Grpc.call(act, Service.CART, Cart.API, "GetCart", Cart::get);
        act.together(
                all -> {
                    int items = all.dice().between(1, 3);
                    for (int i = 0; i < items; i++) {
                        Catalog.get(all, Catalog.anyProduct(all.dice()));
                    }
                },
                all ->
                        Http.call(
                                all,
                                Service.SHIPPING,
                                "POST",
                                "/quotes",
                                "/quotes",
                                Shipping::quote));
        Failure declined = Grpc.call(act, Service.PAYMENT, Payment.API, "Charge", Payment::charge);
        if (declined != null) {
            act.raise(declined.as(PAYMENT_FAILED, "payment failed: " + declined.message()));
            return;
        }
        Kafka.publish(
                act,
                "orders",
                order,
                new Kafka.Subscriber(
                        Service.ORDER_PROCESSOR, each -> OrderProcessor.fulfil(each, order)),
                new Kafka.Subscriber(Service.NOTIFICATION, Notification::orderPlaced));
        Grpc.call(act, Service.CART, Cart.API, "EmptyCart", Cart::empty);
    }
}
