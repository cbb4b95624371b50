package io.tailrace.jobs.control.gse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.spec.FilterSpec;
import io.tailrace.jobs.control.spec.Receiver;
import io.tailrace.jobs.control.spec.ReceiverSpec;
import io.tailrace.jobs.control.spec.RouteSpec;

import java.util.List;
import java.util.Locale;

/** Receivers, routes and filters as GSE takes them. */
final class StreamTo {

    private StreamTo() {}

    static ObjectNode receiver(ReceiverSpec spec) {
        ObjectNode streamTo = Gse.object().put("name", spec.name());
        Receiver receiver = spec.receiver();
        if (receiver instanceof Receiver.Kafka kafka) {
            boolean login = kafka.user() != null;
            ObjectNode block = streamTo.put("report_mode", "kafka").putObject("kafka");
            addresses(block, kafka.addresses());
            block.put("sasl_username", login ? kafka.user() : "")
                    .put("sasl_passwd", login ? kafka.password() : "")
                    .put("sasl_mechanisms", login ? kafka.saslMechanism() : "")
                    .put("security_protocol", login ? kafka.securityProtocol() : "");
        } else if (receiver instanceof Receiver.Redis redis) {
            ObjectNode block = streamTo.put("report_mode", "redis").putObject("redis");
            addresses(block, redis.addresses());
            block.put("passwd", orEmpty(redis.password()))
                    .put("master_name", orEmpty(redis.masterName()));
        } else if (receiver instanceof Receiver.Pulsar pulsar) {
            ObjectNode block = streamTo.put("report_mode", "pulsar").putObject("pulsar");
            addresses(block, pulsar.addresses());
            block.put("token", orEmpty(pulsar.token()));
        } else if (receiver instanceof Receiver.File file) {
            streamTo.put("report_mode", "file").put("data_log_path", file.dataLogPath());
        }
        return streamTo;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static void addresses(ObjectNode block, List<String> addresses) {
        ArrayNode all = block.putArray("storage_address");
        for (String address : addresses) {
            int colon = address.lastIndexOf(':');
            all.addObject()
                    .put("ip", address.substring(0, colon))
                    .put("port", Integer.parseInt(address.substring(colon + 1)));
        }
    }

    /**
     * @param receiverId null where the receiver is not there yet
     */
    static ObjectNode route(RouteSpec spec, Receiver receiver, Long receiverId, long bizId) {
        ObjectNode route = Gse.object().put("name", spec.name());
        ObjectNode streamTo = route.putObject("stream_to");
        if (receiverId != null) {
            streamTo.put("stream_to_id", receiverId);
        }
        if (receiver instanceof Receiver.Kafka) {
            ObjectNode kafka = streamTo.putObject("kafka");
            given(kafka, "topic_name", spec.topic());
            given(kafka, "data_set", spec.dataSet());
            kafka.put("biz_id", bizId);
            if (spec.partition() != null) {
                kafka.put("partition", spec.partition());
            }
        } else if (receiver instanceof Receiver.Redis) {
            given(streamTo.putObject("redis"), "channel_name", spec.channel());
        } else if (receiver instanceof Receiver.Pulsar) {
            ObjectNode pulsar = streamTo.putObject("pulsar");
            given(pulsar, "name", spec.pulsarName());
            given(pulsar, "topic_name", spec.topic());
            given(pulsar, "tenant", spec.tenant());
            given(pulsar, "namespace", spec.namespace());
        }
        spec.filterNameAnd().forEach(route.putArray("filter_name_and")::add);
        spec.filterNameOr().forEach(route.putArray("filter_name_or")::add);
        return route;
    }

    private static void given(ObjectNode object, String key, String value) {
        if (value != null) {
            object.put(key, value);
        }
    }

    static ObjectNode filter(FilterSpec spec) {
        return Gse.object()
                .put("name", spec.name())
                .put("field_index", spec.fieldIndex())
                .put("field_data_type", spec.fieldDataType().name().toLowerCase(Locale.ROOT))
                .put("field_data_value", spec.fieldDataValue())
                .put("field_separator", spec.fieldSeparator())
                .put("field_in", spec.fieldIn().name().toLowerCase(Locale.ROOT));
    }
}
