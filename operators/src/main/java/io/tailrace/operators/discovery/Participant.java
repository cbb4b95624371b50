package io.tailrace.operators.discovery;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.serialization.Primitives;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What is told of a span to those that join it with others.
 *
 * @param category of the span
 * @param serviceCategory of its service, as this span shows it: {@code other} where the span is
 *     about a component
 * @param brokerKey the topology key of the broker between producer and consumer; empty where the
 *     span is neither, or names none
 * @param remoteKey of the remote service that the span names as its peer, whose category is the
 *     span's; empty where it names none
 */
public record Participant(
        Application application,
        String service,
        String endpointName,
        String category,
        String serviceCategory,
        String brokerKey,
        String remoteKey) {

    /** As sides carry it. */
    public byte[] encoded() {
        DataOutputSerializer out = new DataOutputSerializer(128);
        try {
            out.writeBoolean(!remoteKey.isEmpty());
            out.writeLong(application.bizId());
            Primitives.writeText(application.name(), out);
            Primitives.writeText(service, out);
            Primitives.writeText(endpointName, out);
            Primitives.writeText(category, out);
            Primitives.writeText(serviceCategory, out);
            Primitives.writeText(brokerKey, out);
            Primitives.writeText(remoteKey, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.getCopyOfBuffer();
    }

    /** Whether what was {@link #encoded} has a remote key. */
    public static boolean namesPeer(byte[] bytes) {
        return bytes[0] != 0;
    }

    /** Reads what {@link #encoded} wrote. */
    public static Participant decode(byte[] bytes) {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        try {
            in.readBoolean();
            return new Participant(
                    new Application(in.readLong(), Primitives.readText(in)),
                    Primitives.readText(in),
                    Primitives.readText(in),
                    Primitives.readText(in),
                    Primitives.readText(in),
                    Primitives.readText(in),
                    Primitives.readText(in));
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }
}
