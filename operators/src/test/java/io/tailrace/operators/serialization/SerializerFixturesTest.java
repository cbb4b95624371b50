package io.tailrace.operators.serialization;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import io.tailrace.operators.serialization.SerializerSamples.Sample;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * State of every released version stays readable. The file {@code serializers/v<n>/<type>.bin} in
 * the test resources is what version n of a serializer wrote: its snapshot, then the values of
 * {@link SerializerSamples}.
 *
 * <p>To change a format: give the serializer's snapshot the next version and a reader for each
 * older one, run these tests once with {@code -Dtailrace.write-fixtures=true}, which writes the
 * newest version's file where there is none, and check it in. A file that is there is never written
 * again. Where a new component is in the samples, older files must still read as the samples do,
 * with the component's default; add samples at the end only together with a new version.
 */
class SerializerFixturesTest {

    private static final Path FIXTURES = Path.of("src/test/resources/serializers");

    static Stream<Arguments> everyVersion() {
        return SerializerSamples.all()
                .flatMap(
                        sample ->
                                IntStream.rangeClosed(1, newest(sample))
                                        .mapToObj(version -> arguments(sample, version)));
    }

    static Stream<Sample<?>> samples() {
        return SerializerSamples.all();
    }

    @ParameterizedTest(name = "{0}, version {1}")
    @MethodSource("everyVersion")
    <T> void readsWhatEveryVersionWrote(Sample<T> sample, int version) throws Exception {
        DataInputDeserializer in = new DataInputDeserializer(fixture(sample, version));
        TypeSerializerSnapshot<T> snapshot =
                TypeSerializerSnapshot.readVersionedSnapshot(in, getClass().getClassLoader());
        TypeSerializer<T> reader = snapshot.restoreSerializer();

        List<T> values = new ArrayList<>();
        while (in.available() > 0) {
            values.add(reader.deserialize(in));
        }

        assertThat(values).isEqualTo(sample.values());
        assertThat(
                        sample.serializer()
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(snapshot)
                                .isIncompatible())
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("samples")
    <T> void writesWhatItsVersionAlwaysWrote(Sample<T> sample) throws IOException {
        assertThat(written(sample))
                .as("%s was changed without a new version", sample)
                .isEqualTo(fixture(sample, newest(sample)));
    }

    private static <T> int newest(Sample<T> sample) {
        return sample.serializer().snapshotConfiguration().getCurrentVersion();
    }

    private static <T> byte[] fixture(Sample<T> sample, int version) throws IOException {
        Path file = FIXTURES.resolve("v%d/%s.bin".formatted(version, sample.name()));
        if (Boolean.getBoolean("tailrace.write-fixtures")
                && version == newest(sample)
                && !Files.exists(file)) {
            Files.createDirectories(file.getParent());
            Files.write(file, written(sample));
        }
        return Files.readAllBytes(file);
    }

    private static <T> byte[] written(Sample<T> sample) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        TypeSerializerSnapshot.writeVersionedSnapshot(
                out, sample.serializer().snapshotConfiguration());
        for (T value : sample.values()) {
            sample.serializer().serialize(value, out);
        }
        return out.getCopyOfBuffer();
    }
}
