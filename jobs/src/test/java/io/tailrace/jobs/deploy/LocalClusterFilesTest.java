package io.tailrace.jobs.deploy;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code deploy/local/run.sh} reads; that it works is tested with the demo. */
class LocalClusterFilesTest {

    @Test
    void optionsAreFlinks() throws Exception {
        Map<String, String> options =
                DeployedJob.texts(
                        DeployFolder.document(DeployFolder.PATH.resolve("local/flink.yaml")));
        assertThat(options).hasSizeGreaterThan(15);
        assertThat(KnownOptions.problems(options)).isEmpty();
    }
}
