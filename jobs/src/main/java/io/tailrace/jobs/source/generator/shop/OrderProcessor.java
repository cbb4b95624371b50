package io.tailrace.jobs.source.generator.shop;

/** Fulfils orders after the customer has gone. */
final class OrderProcessor {

    private static final Failure NOT_FOUND =
            new Failure(404, 5, "shop.orders.OrderNotFoundException", "no such order");
    private static final int ATTEMPTS = 2;

    private OrderProcessor() {}

    static String anyOrder(Dice dice) {
        return "A" + dice.between(100_000, 999_999);
    }

    static void fulfil(Act act, String order) {
        act.put("shop.order.id", order);
        act.work(2);
        query(act, "INSERT", "INSERT INTO orders (id, cart, state) VALUES ($1, $2, $3)", 4);
        Failure failure = reserve(act);
        if (failure != null) {
            query(act, "UPDATE", "UPDATE orders SET state = 'ON_HOLD' WHERE id = $1", 3);
            act.raise(
                    failure.as(
                            "shop.orders.OrderOnHoldException",
                            "no reservation: " + failure.message()));
            return;
        }
        Failure noParcel =
                Http.call(
                        act, Service.SHIPPING, "POST", "/shipments", "/shipments", Shipping::ship);
        if (noParcel != null) {
            act.fail(noParcel);
            return;
        }
        query(act, "UPDATE", "UPDATE orders SET state = 'SHIPPED' WHERE id = $1", 3);
        Kafka.publish(
                act,
                "shipments",
                order,
                new Kafka.Subscriber(Service.NOTIFICATION, Notification::orderShipped));
    }

    private static Failure reserve(Act act) {
        Failure failure = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            failure =
                    Grpc.call(act, Service.INVENTORY, Inventory.API, "Reserve", Inventory::reserve);
            if (failure == null || !failure.serverErrorInGrpc()) {
                return failure;
            }
            act.work(100);
        }
        return failure;
    }

    static void status(Act act) {
        act.work(0.8);
        query(act, "SELECT", "SELECT id, state FROM orders WHERE id = $1", 3);
        if (act.chance(0.03)) {
            act.raise(NOT_FOUND);
        }
    }

    /** Looks at each order on its own: a trace of many spans. */
    static void reconcile(Act act) {
        query(act, "SELECT", "SELECT id FROM orders WHERE state = 'PAID' LIMIT 25", 12);
        int orders = act.dice().between(8, 25);
        for (int i = 0; i < orders; i++) {
            query(act, "SELECT", "SELECT * FROM orders WHERE id = $1", 2);
        }
        Database.query(
                act,
                Backend.ORDER_DATABASE,
                "INSERT",
                "reconciliations",
                "INSERT INTO reconciliations (checked, at) VALUES ($1, $2)",
                4);
    }

    private static void query(Act act, String operation, String statement, double medianMillis) {
        Database.query(act, Backend.ORDER_DATABASE, operation, "orders", statement, medianMillis);
    }
}
