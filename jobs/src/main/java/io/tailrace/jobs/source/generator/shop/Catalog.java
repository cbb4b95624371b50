package io.tailrace.jobs.source.generator.shop;

/** What the shop sells; a cache before a database. */
final class Catalog {

    static final String API = "shop.catalog.v1.CatalogService";

    private static final String[] WORDS = {
        "lamp", "desk", "chair", "coffee+mug", "notebook", "headphones", "running+shoes", "tent"
    };
    private static final double HIT = 0.75;
    private static final Failure NOT_FOUND =
            new Failure(404, 5, "*catalog.NotFoundError", "no such product");
    private static final Failure CACHE_TIMEOUT =
            new Failure(500, 13, "*net.OpError", "read tcp catalog-cache:6379: i/o timeout");
    private static final Failure TOO_MANY_CLIENTS =
            new Failure(503, 14, "*pq.Error", "pq: sorry, too many clients already");

    private Catalog() {}

    /** Some products are asked for far more often than others. */
    static int anyProduct(Dice dice) {
        double popularity = dice.unit();
        return 1000 + (int) (popularity * popularity * popularity * 500);
    }

    static String anyWords(Dice dice) {
        return dice.oneOf(WORDS);
    }

    static Failure get(Act caller, int product) {
        return Grpc.call(
                caller, Service.CATALOG, API, "GetProduct", act -> serveProduct(act, product));
    }

    static void list(Act act) {
        act.work(0.5);
        if (missedInCache(act, "products:front")) {
            load(act, "SELECT id, name, price FROM products WHERE featured LIMIT $1", 4);
        }
    }

    static void search(Act act) {
        act.work(0.7);
        load(
                act,
                "SELECT id, name, price FROM products WHERE document @@ plainto_tsquery($1)"
                        + " ORDER BY rank DESC LIMIT $2",
                22);
        act.work(1);
    }

    private static void serveProduct(Act act, int product) {
        act.put("shop.product.id", product);
        act.work(0.4);
        if (act.chance(0.004)) {
            Database.query(
                    act,
                    Backend.CATALOG_DATABASE,
                    "SELECT",
                    "products",
                    "SELECT * FROM products WHERE id = $1",
                    2);
            act.raise(NOT_FOUND);
            return;
        }
        if (missedInCache(act, "product:?")) {
            load(act, "SELECT * FROM products WHERE id = $1", 3);
            if (act.failure() != null) {
                return;
            }
        }
        Grpc.call(act, Service.INVENTORY, Inventory.API, "GetStock", Inventory::getStock);
    }

    /** A cache that does not answer is no error: there is the database. */
    private static boolean missedInCache(Act act, String keys) {
        if (act.during(Episode.CACHE_TIMEOUTS) && act.chance(0.6)) {
            Database.command(act, Backend.CATALOG_CACHE, "GET", keys, 100, CACHE_TIMEOUT);
            return true;
        }
        Database.command(act, Backend.CATALOG_CACHE, "GET", keys, 0.6);
        return !act.chance(HIT);
    }

    private static void load(Act act, String statement, double medianMillis) {
        boolean overloaded = act.during(Episode.CACHE_TIMEOUTS);
        Failure failure = overloaded && act.chance(0.12) ? TOO_MANY_CLIENTS : null;
        Database.query(
                act,
                Backend.CATALOG_DATABASE,
                "SELECT",
                "products",
                statement,
                overloaded ? 4 * medianMillis : medianMillis,
                failure);
        act.fail(failure);
    }
}
