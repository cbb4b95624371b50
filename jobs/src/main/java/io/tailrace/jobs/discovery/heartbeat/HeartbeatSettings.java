package io.tailrace.jobs.discovery.heartbeat;

import io.tailrace.jobs.source.SourceSettings;
import io.tailrace.jobs.source.kafka.KafkaSettings;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Where it is said that agents are heard no more. */
@Meaning("Where it is said that agents are heard no more")
public record HeartbeatSettings(
        @Setting("Events of GSE in Kafka, as its data id for heartbeats has them")
                HeartbeatKafkaSettings kafka)
        implements Serializable {

    /**
     * As a source beside those of spans.
     *
     * @param spans whose brokers are meant where none are named here, and with which it ends
     */
    public KafkaSettings asSource(SourceSettings spans) {
        return kafka.asSource(spans.brokersForSinks(), spans.bounded());
    }

    /**
     * With those of a job.
     *
     * @param heartbeats null for none
     */
    public static List<KafkaSettings> and(
            List<KafkaSettings> sources, HeartbeatSettings heartbeats, SourceSettings spans) {
        List<KafkaSettings> all = new ArrayList<>(sources);
        if (heartbeats != null) {
            all.add(heartbeats.asSource(spans));
        }
        return all;
    }
}
