package io.tailrace.jobs.source.splits;

import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

record NamedSplit(String splitId) implements SourceSplit {

    static List<NamedSplit> of(String... names) {
        return Stream.of(names).map(NamedSplit::new).toList();
    }

    static final class Serializer implements SimpleVersionedSerializer<NamedSplit> {

        @Override
        public int getVersion() {
            return 4;
        }

        @Override
        public byte[] serialize(NamedSplit split) {
            return split.splitId().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public NamedSplit deserialize(int version, byte[] bytes) {
            if (version != 4) {
                throw new IllegalArgumentException("Written as version 4, read as " + version);
            }
            return new NamedSplit(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
