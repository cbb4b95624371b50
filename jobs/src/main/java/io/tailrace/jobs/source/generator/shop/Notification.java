package io.tailrace.jobs.source.generator.shop;

/** Mails. A relay that refuses one is asked again once. */
final class Notification {

    private static final Failure REFUSED =
            new Failure(429, 8, "MailRelayError", "429: too many messages for this domain");

    private Notification() {}

    static void orderPlaced(Act act) {
        send(act, "order_placed");
    }

    static void orderShipped(Act act) {
        send(act, "order_shipped");
    }

    private static void send(Act act, String template) {
        act.put("shop.mail.template", template);
        act.work(1);
        act.step("render_template", step -> step.work(6));
        if (act.chance(0.01)) {
            Http.callRemote(act, Remote.MAIL_RELAY, "POST", "/v1/messages", 60, REFUSED);
            act.record(REFUSED);
            act.wait(1500, 0.2);
        }
        Http.callRemote(act, Remote.MAIL_RELAY, "POST", "/v1/messages", 80, null);
    }
}
