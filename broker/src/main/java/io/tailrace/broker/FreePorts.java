package io.tailrace.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/**
 * Ports of the loopback interface for servers that must be told theirs before they start. They are
 * below those that systems give to whoever asks for any (Linux 32768 to 60999, others from 49152),
 * so that no connection of another process gets one meanwhile.
 */
public final class FreePorts {

    private static final int LOWEST = 15_000;
    private static final int ABOVE = 32_000;
    private static final int MOST_TRIES = 1000;

    private FreePorts() {}

    /**
     * Different ones, in no order.
     *
     * @throws IOException where hardly any is free
     */
    public static int[] some(int count) throws IOException {
        int[] ports =
                new Random()
                        .ints(MOST_TRIES, LOWEST, ABOVE)
                        .distinct()
                        .filter(FreePorts::isFree)
                        .limit(count)
                        .toArray();
        if (ports.length < count) {
            throw new IOException("Too few ports of %d to %d are free".formatted(LOWEST, ABOVE));
        }
        return ports;
    }

    private static boolean isFree(int port) {
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return free.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
