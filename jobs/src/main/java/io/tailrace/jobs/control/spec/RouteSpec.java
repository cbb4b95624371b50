package io.tailrace.jobs.control.spec;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.util.List;

/** What of an application's data GSE sends to a receiver. */
public record RouteSpec(
        @Setting(value = "Its name, which no other route of the data id has", check = Names.class)
                String name,
        @Setting("The name of the receiver") String receiver,
        @Setting(
                        value = "Of kafka and pulsar: the topic",
                        optional = true,
                        otherwise = "data_set, or name, says it")
                String topic,
        @Setting(
                        value = "Of kafka: the data set, from which GSE makes a topic's name",
                        optional = true)
                String dataSet,
        @Setting(value = "Of kafka: the topic's partitions", optional = true, least = 1)
                Integer partition,
        @Setting(value = "Of redis: the channel", optional = true) String channel,
        @Setting(value = "Of pulsar: the topic's full name", optional = true) String pulsarName,
        @Setting(value = "Of pulsar: the tenant", optional = true) String tenant,
        @Setting(value = "Of pulsar: the namespace", optional = true) String namespace,
        @Setting(value = "Filters that data must all meet", optional = true)
                List<String> filterNameAnd,
        @Setting(value = "Filters of which data must meet one", optional = true)
                List<String> filterNameOr) {

    void checkAgainst(ReceiverSpec to, String path, Checked.Problems problems) {
        if (to.receiver() instanceof Receiver.Kafka && topic == null && dataSet == null) {
            problems.expected(path + "topic", "topic or data_set, as the receiver is kafka");
        } else if (to.receiver() instanceof Receiver.Redis && channel == null) {
            problems.expected(path + "channel", "a channel, as the receiver is redis");
        } else if (to.receiver() instanceof Receiver.Pulsar
                && topic == null
                && pulsarName == null) {
            problems.expected(path + "topic", "topic or pulsar_name, as the receiver is pulsar");
        }
    }
}
