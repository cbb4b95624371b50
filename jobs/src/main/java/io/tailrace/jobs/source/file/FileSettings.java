package io.tailrace.jobs.source.file;

import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.settings.ByteSize;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A source {@code file}: reads to the end of what is there, and stops. */
public record FileSettings(
        @Setting(
                        "A file, or a folder whose files are read in the order of their names; gzip is"
                                + " recognised")
                String path,
        @Setting(
                        value =
                                "otlp_json and bk_json: a record a line; otlp_proto: requests one after another,"
                                        + " each behind its length (a varint, or four bytes as the"
                                        + " Collector's file exporter writes)",
                        defaultsTo = "otlp_json")
                Encoding encoding,
        @Setting(
                        value =
                                "Requests a second that it reads at most; as many as it can unless given",
                        optional = true,
                        least = 0.001)
                Double rate,
        @Setting(
                        value = "A larger request is a dead letter",
                        defaultsTo = "16MiB",
                        least = 1,
                        most = 1 << 30)
                ByteSize maxRecordBytes)
        implements Checked, Serializable {

    @Override
    public void check(Problems problems) {
        try {
            if (SpanFiles.in(Path.of(path)).isEmpty()) {
                problems.expected("path", "a folder with files in it");
            }
        } catch (NoSuchFileException missing) {
            problems.expected("path", "a file or folder that exists");
        } catch (IOException | InvalidPathException unreadable) {
            problems.expected("path", "a file or folder that can be read");
        }
    }
}
