package io.tailrace.jobs.source.generator.shop;

/** Services of others, which send us no spans. */
enum Remote {
    PAYMENT_PROVIDER("payment-provider", "api.payment-provider.example", "203.0.113.17"),
    PARCEL_CARRIER("parcel-carrier", "rates.parcel-carrier.example", "203.0.113.54"),
    MAIL_RELAY("mail-relay", "smtp-api.mail-relay.example", "203.0.113.88");

    private final String peerService;
    private final String address;
    private final String ip;

    Remote(String peerService, String address, String ip) {
        this.peerService = peerService;
        this.address = address;
        this.ip = ip;
    }

    /** As in {@code peer.service}. */
    String peerService() {
        return peerService;
    }

    String address() {
        return address;
    }

    String ip() {
        return ip;
    }
}
