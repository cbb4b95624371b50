package io.tailrace.sinks.kafka;

import org.apache.flink.connector.base.DeliveryGuarantee;

/** What a Kafka sink promises after a failure. */
public enum Guarantee {
    /** Records may be lost or doubled. */
    NONE(DeliveryGuarantee.NONE),
    /** Records may be doubled. */
    AT_LEAST_ONCE(DeliveryGuarantee.AT_LEAST_ONCE),
    /** Consumers with {@code isolation.level=read_committed} see each record once. */
    EXACTLY_ONCE(DeliveryGuarantee.EXACTLY_ONCE);

    private final DeliveryGuarantee flinks;

    Guarantee(DeliveryGuarantee flinks) {
        this.flinks = flinks;
    }

    DeliveryGuarantee flinks() {
        return flinks;
    }
}
