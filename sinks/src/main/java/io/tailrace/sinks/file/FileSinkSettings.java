package io.tailrace.sinks.file;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;

/** A sink {@code file}: a folder of JSON lines files. */
public record FileSinkSettings(
        @Setting(
                        "The folder; files in it whose names begin with a dot are unfinished. A path,"
                                + " or a URI of a file system that Flink knows")
                String path)
        implements Checked, Serializable {

    @Override
    public void check(Problems problems) {
        if (path.isBlank()) {
            problems.expected("path", "a folder");
        }
    }
}
