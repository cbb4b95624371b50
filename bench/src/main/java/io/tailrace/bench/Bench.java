package io.tailrace.bench;

/** The command {@code tailrace bench}. */
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) {
        System.out.println("Not yet");
    }
}
