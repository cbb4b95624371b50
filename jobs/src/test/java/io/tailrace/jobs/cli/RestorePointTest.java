package io.tailrace.jobs.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What {@code --from} takes. */
class RestorePointTest {

    @TempDir private Path folder;

    @Test
    void ofAFolderTheNewestThatIsCompleteIsMeant() throws IOException {
        complete("run/checkpoints/job/chk-7", 1_000);
        Path newest = complete("run/checkpoints/job/chk-8", 2_000);
        Files.createDirectories(folder.resolve("run/checkpoints/job/chk-9"));
        assertThat(RestorePoint.find(folder.toString())).isEqualTo(newest.toUri().toString());
    }

    @Test
    void aSavepointIsTakenByItsPathOrItsAddress() throws IOException {
        Path savepoint = complete("savepoint-1", 1_000);
        String address = savepoint.toUri().toString();
        assertThat(RestorePoint.find(savepoint.toString())).isEqualTo(address);
        assertThat(RestorePoint.find(address)).isEqualTo(address);
    }

    @Test
    void addressesOfOtherFileSystemsAreLeftToFlink() throws IOException {
        assertThat(RestorePoint.find("s3://bucket/savepoint-1"))
                .isEqualTo("s3://bucket/savepoint-1");
    }

    @Test
    void aFolderWithoutAnyIsToldOf() {
        assertThatThrownBy(() -> RestorePoint.find(folder.toString()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no finished savepoint or checkpoint in " + folder);
    }

    private Path complete(String name, long modified) throws IOException {
        Path made = Files.createDirectories(folder.resolve(name));
        Path metadata = Files.createFile(made.resolve("_metadata"));
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(modified));
        return made;
    }
}
