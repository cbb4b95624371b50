package io.tailrace.jobs.source.generator.shop;

/** What others bought: slow at times, wrong at times, and never missed. */
final class Recommendation {

    private static final Failure NO_MODEL = new Failure(500, 13, "KeyError", "'embedding_v3'");

    private Recommendation() {}

    static void recommend(Act act) {
        act.work(1);
        if (act.chance(0.004)) {
            act.raise(NO_MODEL);
            return;
        }
        act.step("rank_candidates", model -> model.wait(7, 0.8));
        Grpc.call(act, Service.CATALOG, Catalog.API, "ListProducts", Catalog::list);
    }
}
