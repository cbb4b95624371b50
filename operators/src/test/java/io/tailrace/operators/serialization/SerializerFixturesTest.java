package io.tailrace.operators.serialization;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads what every released version wrote. A fixture {@code serializers/v<n>/<type>.bin} holds the
 * type's snapshot, the number of values, and the values.
 *
 * <p>To add a version: raise it in the serializer's snapshot, run this test with {@code
 * -Dfixtures.write=true} (it writes those that are missing), and check the new files in. A fixture
 * that is there is never changed.
 */
class SerializerFixturesTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "serializers");

    static List<Samples<?>> samples() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    <T> void todaysCodeReadsEveryVersion(Samples<T> samples) throws IOException {
        writeIfAsked(samples);
        List<Path> versions;
        try (Stream<Path> folders = Files.list(FOLDER)) {
            versions =
                    folders.map(folder -> folder.resolve(samples.name() + ".bin"))
                            .filter(Files::exists)
                            .toList();
        }
        assertThat(versions).isNotEmpty();
        for (Path fixture : versions) {
            DataInputDeserializer in = new DataInputDeserializer(Files.readAllBytes(fixture));
            TypeSerializerSnapshot<T> snapshot =
                    TypeSerializerSnapshot.readVersionedSnapshot(in, getClass().getClassLoader());
            TypeSerializer<T> reader = snapshot.restoreSerializer();
            List<T> read = new ArrayList<>();
            for (int rest = in.readInt(); rest > 0; rest--) {
                read.add(reader.deserialize(in));
            }
            assertThat(read).as(fixture.toString()).isEqualTo(samples.values(version(fixture)));
            assertThat(in.available()).isZero();
            assertThat(
                            samples.serializer()
                                    .snapshotConfiguration()
                                    .resolveSchemaCompatibility(snapshot)
                                    .isIncompatible())
                    .isFalse();
        }
    }

    private static int version(Path fixture) {
        return Integer.parseInt(fixture.getParent().getFileName().toString().substring(1));
    }

    @ParameterizedTest
    @MethodSource("samples")
    <T> void aFormatDoesNotChangeWithoutANewVersion(Samples<T> samples) throws IOException {
        writeIfAsked(samples);
        assertThat(newest(samples)).hasBinaryContent(bytes(samples));
    }

    private static Path newest(Samples<?> samples) {
        int version = samples.serializer().snapshotConfiguration().getCurrentVersion();
        return FOLDER.resolve("v" + version).resolve(samples.name() + ".bin");
    }

    private static <T> byte[] bytes(Samples<T> samples) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        TypeSerializerSnapshot.writeVersionedSnapshot(
                out, samples.serializer().snapshotConfiguration());
        out.writeInt(samples.values().size());
        for (T value : samples.values()) {
            samples.serializer().serialize(value, out);
        }
        return out.getCopyOfBuffer();
    }

    private static void writeIfAsked(Samples<?> samples) throws IOException {
        Path fixture = newest(samples);
        if (Boolean.getBoolean("fixtures.write") && !Files.exists(fixture)) {
            Files.createDirectories(fixture.getParent());
            Files.write(fixture, bytes(samples));
        }
    }
}
