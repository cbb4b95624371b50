package io.tailrace.jobs.spec;

/** Where in a spec a value belongs, as in {@code tail_sampling.policies[1].name}. */
record KeyPath(String text) {

    static final KeyPath ROOT = new KeyPath("");

    KeyPath key(String key) {
        return new KeyPath(text.isEmpty() ? key : text + '.' + key);
    }

    KeyPath index(int index) {
        return new KeyPath(text + '[' + index + ']');
    }

    /** This path and a path below it, which may be empty. */
    KeyPath below(String path) {
        return path.isEmpty() ? this : path.startsWith("[") ? new KeyPath(text + path) : key(path);
    }
}
