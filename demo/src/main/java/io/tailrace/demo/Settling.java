package io.tailrace.demo;

import io.tailrace.demo.screen.Display;
import io.tailrace.demo.screen.Picture;

import java.time.Duration;
import java.util.Locale;

/**
 * From the last request until all are read and no trace is open. Event time goes on in silence, so
 * that what is open is decided.
 *
 * @param group that reads the requests
 */
record Settling(Pipeline pipeline, Committed committed, String group) {

    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /**
     * Waits for it, and shows it.
     *
     * @param sent requests
     * @return how it is at the end
     */
    Picture await(long sent, Watch watch, Display display) throws Exception {
        long begun = System.nanoTime();
        int settled = 0;
        Picture picture;
        do {
            Thread.sleep(MOMENT.toMillis());
            pipeline.failIfEnded();
            picture = watch.look(false);
            display.show(picture);
            long read = committed.records(group);
            // What was read a moment ago may not be where traces are open yet.
            settled = read >= sent && picture.open() == 0 ? settled + 1 : 0;
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new DemoException(
                        String.format(
                                Locale.ROOT,
                                "%d s after the last request %,d of %,d are read, and %,d traces are"
                                        + " still open",
                                PATIENCE.toSeconds(),
                                read,
                                sent,
                                picture.open()));
            }
        } while (settled < 2);
        return picture;
    }
}
