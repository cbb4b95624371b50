package io.tailrace.jobs.source.generator.shop;

/** Charges cards at a provider, which fails in bursts. */
final class Payment {

    static final String API = "shop.payment.v1.PaymentService";

    private static final double FAIL_IN_BURST = 0.4;
    private static final double FAIL = 0.003;
    private static final double DECLINED = 0.02;
    private static final Failure UNAVAILABLE =
            new Failure(
                    503,
                    14,
                    "*payment.ProviderError",
                    "payment provider answered 503: temporarily overloaded");
    private static final Failure CARD_DECLINED =
            new Failure(402, 9, "*payment.DeclinedError", "card declined: insufficient funds");

    private Payment() {}

    static void charge(Act act) {
        act.put("shop.payment.amount_cents", act.dice().between(500, 40_000));
        act.put("shop.payment.currency", "EUR");
        Database.command(act, Backend.SESSION_STORE, "SET", "charge:? ? NX", 0.6);
        act.work(1.2);
        double outage = act.during(Episode.PAYMENT_FAILURES) ? FAIL_IN_BURST : FAIL;
        boolean down = act.chance(outage);
        Failure failure = down ? UNAVAILABLE : act.chance(DECLINED) ? CARD_DECLINED : null;
        double medianMillis = down ? 450 : 120;
        Http.callRemote(act, Remote.PAYMENT_PROVIDER, "POST", "/v1/charges", medianMillis, failure);
        if (failure != null) {
            act.raise(failure);
        }
    }
}
