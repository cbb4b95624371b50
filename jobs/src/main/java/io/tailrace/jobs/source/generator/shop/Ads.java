package io.tailrace.jobs.source.generator.shop;

/** Banners. */
final class Ads {

    private static final Failure NO_CAMPAIGN =
            new Failure(500, 13, "NoMethodError", "undefined method `campaign' for nil");

    private Ads() {}

    static void banner(Act act) {
        act.work(1.5);
        if (act.chance(0.002)) {
            act.raise(NO_CAMPAIGN);
        }
    }
}
