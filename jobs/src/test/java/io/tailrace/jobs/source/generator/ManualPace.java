package io.tailrace.jobs.source.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Time that goes on when a test says so. */
final class ManualPace implements Pace {

    private record Alarm(long millis, CompletableFuture<Void> moment) {}

    private final List<Alarm> alarms = new ArrayList<>();
    private long now;

    ManualPace(long now) {
        this.now = now;
    }

    void advanceTo(long millis) {
        now = millis;
        alarms.stream()
                .filter(alarm -> reached(alarm.millis()))
                .forEach(alarm -> alarm.moment().complete(null));
    }

    @Override
    public boolean reached(long millis) {
        return now >= millis;
    }

    @Override
    public CompletableFuture<Void> until(long millis) {
        Alarm alarm = new Alarm(millis, new CompletableFuture<>());
        alarms.add(alarm);
        return alarm.moment();
    }

    @Override
    public void close() {}
}
