package io.tailrace.jobs.source.generator.shop;

/** What is in store. Its database has slow periods. */
final class Inventory {

    static final String API = "shop.inventory.v1.InventoryService";

    private static final double SLOWDOWN = 10;
    private static final Failure OUT_OF_STOCK =
            new Failure(409, 9, "shop.inventory.OutOfStockException", "not enough in store");
    private static final Failure LOCK_TIMEOUT =
            new Failure(
                    503,
                    14,
                    "java.sql.SQLTransientException",
                    "Lock wait timeout exceeded; try restarting transaction");

    private Inventory() {}

    static void getStock(Act act) {
        act.work(0.4);
        query(act, "SELECT", "SELECT available FROM stock WHERE product_id = ?", 2.5, null);
    }

    static void reserve(Act act) {
        act.work(0.5);
        act.step("StockService.reserve", Inventory::reserveInTransaction);
    }

    private static void reserveInTransaction(Act act) {
        boolean locked = act.during(Episode.SLOW_INVENTORY) && act.chance(0.15);
        Failure failure = locked ? LOCK_TIMEOUT : null;
        query(
                act,
                "SELECT",
                "SELECT available FROM stock WHERE product_id = ? FOR UPDATE",
                5,
                failure);
        if (failure != null) {
            act.raise(failure);
            return;
        }
        if (act.chance(0.01)) {
            act.raise(OUT_OF_STOCK);
            return;
        }
        query(
                act,
                "UPDATE",
                "UPDATE stock SET available = available - ? WHERE product_id = ?",
                6,
                null);
    }

    private static void query(
            Act act, String operation, String statement, double medianMillis, Failure failure) {
        boolean slow = act.during(Episode.SLOW_INVENTORY);
        Database.query(
                act,
                Backend.INVENTORY_DATABASE,
                operation,
                "stock",
                statement,
                slow ? SLOWDOWN * medianMillis : medianMillis,
                failure);
    }
}
