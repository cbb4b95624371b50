package io.tailrace.jobs.source.generator.shop;

/** Quotes and parcels. The carrier times out at times; it is asked again. */
final class Shipping {

    private static final double TIMES_OUT = 0.015;
    private static final Failure TIMEOUT =
            new Failure(504, 4, "reqwest::Error", "operation timed out");

    private Shipping() {}

    static void quote(Act act) {
        act.work(0.3);
        askCarrier(act, "/rates", 35);
    }

    static void ship(Act act) {
        act.work(0.5);
        act.put("shop.shipping.tracking_id", "T" + act.dice().between(1_000_000, 9_999_999));
        askCarrier(act, "/labels", 90);
    }

    private static void askCarrier(Act act, String path, double medianMillis) {
        for (int attempt = 1; ; attempt++) {
            if (!act.chance(TIMES_OUT)) {
                Http.callRemote(act, Remote.PARCEL_CARRIER, "POST", path, medianMillis, null);
                return;
            }
            Http.callRemote(act, Remote.PARCEL_CARRIER, "POST", path, 800, TIMEOUT);
            if (attempt == 3) {
                act.raise(TIMEOUT);
                return;
            }
            act.work(50);
        }
    }
}
