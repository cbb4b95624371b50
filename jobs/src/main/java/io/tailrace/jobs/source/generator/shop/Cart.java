package io.tailrace.jobs.source.generator.shop;

/** The carts, in Redis. */
final class Cart {

    static final String API = "shop.cart.v1.CartService";

    private Cart() {}

    static void get(Act act) {
        act.work(0.4);
        Database.command(act, Backend.SESSION_STORE, "HGETALL", "cart:?", 0.8);
        act.work(0.2);
    }

    static void add(Act act) {
        act.work(0.4);
        Database.command(act, Backend.SESSION_STORE, "HINCRBY", "cart:? ? ?", 0.7);
        Database.command(act, Backend.SESSION_STORE, "EXPIRE", "cart:? ?", 0.5);
    }

    static void empty(Act act) {
        act.work(0.3);
        Database.command(act, Backend.SESSION_STORE, "DEL", "cart:?", 0.6);
    }
}
