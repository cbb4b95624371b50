package io.tailrace.sinks.file;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

import io.tailrace.sinks.message.Message;

/**
 * Writes each message's value as a line. A file is finished by the checkpoint after it was begun,
 * so that what is in finished files is there exactly once.
 */
public final class JsonLinesFiles {

    private JsonLinesFiles() {}

    /**
     * @param stream what the lines are, to name the files by
     */
    public static Sink<Message> sink(FileSinkSettings settings, String stream) {
        return FileSink.<Message>forRowFormat(
                        new Path(settings.path()),
                        (message, out) -> {
                            out.write(message.value());
                            out.write('\n');
                        })
                .withBucketAssigner(new BasePathBucketAssigner<>())
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .withOutputFileConfig(
                        OutputFileConfig.builder()
                                .withPartPrefix(stream)
                                .withPartSuffix(".jsonl")
                                .build())
                .build();
    }
}
