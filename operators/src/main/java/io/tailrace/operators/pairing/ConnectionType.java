package io.tailrace.operators.pairing;

/** What is between the two sides of a call, as the Collector's service graph tells it. */
public enum ConnectionType {
    NONE(""),
    MESSAGING_SYSTEM("messaging_system"),
    DATABASE("database"),
    VIRTUAL_NODE("virtual_node");

    private final String text;

    ConnectionType(String text) {
        this.text = text;
    }

    /** As it goes out. */
    public String text() {
        return text;
    }
}
