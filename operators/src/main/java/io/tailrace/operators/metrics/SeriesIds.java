package io.tailrace.operators.metrics;

import org.apache.flink.core.memory.DataOutputSerializer;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.serialization.Primitives;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Makes the ids of series: the first half of SHA-256 over what tells them apart. */
final class SeriesIds {

    private static final ThreadLocal<MessageDigest> DIGEST =
            ThreadLocal.withInitial(SeriesIds::digest);

    private SeriesIds() {}

    static SeriesId of(SeriesKind kind, Application application, List<Dimension> sorted) {
        DataOutputSerializer text = new DataOutputSerializer(512);
        try {
            Primitives.writeText(kind.name(), text);
            text.writeLong(application.bizId());
            Primitives.writeText(application.name(), text);
            for (Dimension dimension : sorted) {
                Primitives.writeText(dimension.name(), text);
                Primitives.writeText(dimension.value(), text);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("An array can be written", impossible);
        }
        MessageDigest digest = DIGEST.get();
        digest.update(text.getSharedBuffer(), 0, text.length());
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new SeriesId(hash.getLong(), hash.getLong());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
