package io.tailrace.demo.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** What a script has to know of the cluster that it starts. */
final class LocalCluster {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LocalCluster() {}

    /** How many slots there are; none before it answers. */
    static long slots(String jobManager) {
        URI overview = URI.create("http://" + jobManager + "/overview");
        try (InputStream shown = overview.toURL().openStream()) {
            return JSON.readTree(shown).path("slots-total").asLong();
        } catch (IOException notYet) {
            return 0;
        }
    }
}
