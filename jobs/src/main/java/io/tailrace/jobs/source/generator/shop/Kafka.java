package io.tailrace.jobs.source.generator.shop;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;

import java.util.function.Consumer;

/** Messages over Kafka: nobody waits for those that read them. */
final class Kafka {

    private static final Backend[] BROKERS = {Backend.BROKER_1, Backend.BROKER_2, Backend.BROKER_3};
    private static final double LAG_MILLIS = 25;
    private static final double LAG_SIGMA = 1;

    private Kafka() {}

    /** A group of consumers of a topic, one for each service that reads it. */
    record Subscriber(Service service, Consumer<Act> handler) {}

    static void publish(Act caller, String topic, String key, Subscriber... subscribers) {
        int partition = caller.dice().below(6);
        Backend broker = BROKERS[partition % BROKERS.length];
        Act producer =
                caller.child(
                        Language.Instrumentation.MESSAGING,
                        SpanKind.SPAN_KIND_PRODUCER,
                        topic + " publish");
        describe(producer, topic, key, partition, "publish", "send", broker);
        producer.work(1.5);
        producer.end();
        caller.waitUntil(producer.now());
        for (Subscriber subscriber : subscribers) {
            consume(producer, subscriber, topic, key, partition, broker);
        }
    }

    private static void consume(
            Act producer,
            Subscriber subscriber,
            String topic,
            String key,
            int partition,
            Backend broker) {
        long lag = producer.dice().logNormal(LAG_MILLIS, LAG_SIGMA);
        String group = subscriber.service().serviceName();
        Act consumer =
                producer.remoteChild(
                        Instance.of(subscriber.service(), producer.dice()),
                        Language.Instrumentation.MESSAGING,
                        SpanKind.SPAN_KIND_CONSUMER,
                        topic + " process",
                        producer.now() + lag);
        describe(consumer, topic, key, partition, "process", "process", broker)
                .put("messaging.consumer.group.name", group)
                .put("messaging.kafka.consumer.group", group);
        subscriber.handler().accept(consumer);
        if (consumer.failure() != null) {
            consumer.error(consumer.failure().message());
        }
        consumer.end();
    }

    private static Act describe(
            Act act,
            String topic,
            String key,
            int partition,
            String operation,
            String operationType,
            Backend broker) {
        act.put("messaging.system", broker.system())
                .put("messaging.destination.name", topic)
                .put("messaging.destination", topic)
                .put("messaging.destination_kind", "topic")
                .put("messaging.operation", operation)
                .put("messaging.operation.name", operation)
                .put("messaging.operation.type", operationType)
                .put("messaging.destination.partition.id", Integer.toString(partition))
                .put("messaging.kafka.message.key", key);
        return broker.describe(act);
    }
}
