package io.tailrace.operators.serialization;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.function.IntFunction;

/**
 * What a savepoint remembers of a {@link ValueSerializer}: the version of its format. A later
 * version of the program reads older formats through {@code reader} and writes the newest; it
 * refuses a newer one.
 *
 * @param <T> the value
 */
public abstract class ValueSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {

    private final int newest;
    private final IntFunction<TypeSerializer<T>> reader;
    private int version;

    /**
     * @param newest the format's version that this program writes, 1 or more
     * @param reader gives the serializer that reads a version from 1 to {@code newest}
     */
    protected ValueSerializerSnapshot(int newest, IntFunction<TypeSerializer<T>> reader) {
        this.newest = newest;
        this.reader = reader;
        this.version = newest;
    }

    @Override
    public final int getCurrentVersion() {
        return newest;
    }

    @Override
    public final void writeSnapshot(DataOutputView out) {}

    @Override
    public final void readSnapshot(int readVersion, DataInputView in, ClassLoader classLoader)
            throws IOException {
        if (readVersion < 1 || readVersion > newest) {
            throw new IOException(
                    "State was written in version %d of %s; this program reads 1 to %d"
                            .formatted(readVersion, getClass().getName(), newest));
        }
        version = readVersion;
    }

    @Override
    public final TypeSerializer<T> restoreSerializer() {
        return reader.apply(version);
    }

    @Override
    public final TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
            TypeSerializerSnapshot<T> old) {
        if (old.getClass() != getClass()) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        return ((ValueSerializerSnapshot<T>) old).version == version
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
    }
}
