package io.tailrace.jobs.discovery.host;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Hosts of a file. Where a new version of it cannot be read, the former one holds. */
final class StaticHosts implements Inquiry<HostAddress, HostEntry> {

    private static final Logger LOG = LoggerFactory.getLogger(StaticHosts.class);

    private final StaticHostsSettings settings;
    private final ScheduledExecutorService reloading =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "host-file");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final ScheduledFuture<?> reloads;
    private volatile HostRows rows = new HostRows();
    private Version read;

    /** By what it is told that a file has changed; null where there is none. */
    private record Version(FileTime modified, long size) {}

    StaticHosts(StaticHostsSettings settings) {
        this.settings = settings;
        reload();
        long millis = settings.reload().toMillis();
        reloads =
                reloading.scheduleWithFixedDelay(
                        this::reload, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void reload() {
        try {
            Path path = Path.of(settings.path());
            Version version = new Version(Files.getLastModifiedTime(path), Files.size(path));
            if (!version.equals(read)) {
                rows = HostFile.read(settings);
                read = version;
                LOG.info("{} hosts in {}", rows.size(), settings.path());
            }
        } catch (IOException | RuntimeException unreadable) {
            LOG.warn(
                    "The hosts of {} stay as they were: {}",
                    settings.path(),
                    unreadable.toString());
        }
    }

    @Override
    public int most() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean isImmediate() {
        return true;
    }

    @Override
    public Map<HostAddress, HostEntry> ask(List<HostAddress> questions) {
        Map<HostAddress, HostEntry> answers = new HashMap<>();
        HostRows now = rows;
        for (HostAddress question : questions) {
            HostEntry found = now.find(question);
            if (found != null) {
                answers.put(question, found);
            }
        }
        return answers;
    }

    @Override
    public void close() {
        reloads.cancel(true);
        reloading.shutdownNow();
    }
}
