package io.tailrace.jobs.discovery.heartbeat;

import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;

/** Where it is said that agents are heard no more. */
@Meaning("Where it is said that agents are heard no more")
public record HeartbeatSettings(
        @Setting("Events of GSE in Kafka, as its data id for heartbeats has them")
                HeartbeatKafkaSettings kafka)
        implements Serializable {}
