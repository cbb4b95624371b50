package io.tailrace.jobs.control.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.spec.ControlSpec;
import io.tailrace.jobs.control.spec.StateSettings;
import io.tailrace.jobs.http.Time;
import io.tailrace.sinks.jdbc.Database;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What was done for the applications of one spec. Each change of it is kept at once. */
public final class ControlState implements AutoCloseable {

    private static final int VERSION = 1;
    private static final int SALT_BYTES = 16;
    private static final String APPLICATIONS = "applications";

    private final StateStore store;
    private final boolean writable;
    private final ObjectNode root;
    private final Time time;

    private ControlState(StateStore store, boolean writable, ObjectNode root, Time time) {
        this.store = store;
        this.writable = writable;
        this.root = root;
        this.time = time;
    }

    /** For what only reads; changes of it are forgotten. */
    public static ControlState toRead(ControlSpec spec, Time time) throws IOException {
        return open(spec, false, time);
    }

    /** For what writes; nobody else can meanwhile. */
    public static ControlState toWrite(ControlSpec spec, Time time) throws IOException {
        return open(spec, true, time);
    }

    private static ControlState open(ControlSpec spec, boolean toWrite, Time time)
            throws IOException {
        StateStore store = store(spec, toWrite);
        try {
            ObjectNode root = store.load().orElseGet(() -> fresh(spec.name()));
            if (root.path("version").asInt() > VERSION) {
                throw new IOException(
                        "the state is of version %d, this program knows only %d; use a newer one"
                                .formatted(root.path("version").asInt(), VERSION));
            }
            String owner = root.path("name").asText(spec.name());
            if (!owner.equals(spec.name())) {
                throw new IOException(
                        "the state is that of the spec \"%s\", not of \"%s\"; give each its own"
                                .formatted(owner, spec.name()));
            }
            return new ControlState(store, toWrite, root, time);
        } catch (IOException failure) {
            store.close();
            throw failure;
        }
    }

    private static StateStore store(ControlSpec spec, boolean toWrite) throws IOException {
        StateSettings settings = spec.state();
        if (settings.jdbc() != null) {
            Database database = new Database(settings.jdbc().connection());
            return JdbcStateStore.open(database, spec.name(), toWrite);
        }
        return toWrite
                ? FileStateStore.toWrite(settings.file().path())
                : FileStateStore.toRead(settings.file().path());
    }

    private static ObjectNode fresh(String name) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return JsonNodeFactory.instance
                .objectNode()
                .put("version", VERSION)
                .put("name", name)
                .put("salt", HexFormat.of().formatHex(salt));
    }

    /** With which fingerprints of secrets are made, that they say nothing elsewhere. */
    public String salt() {
        return root.path("salt").asText();
    }

    /** What is remembered of an application. */
    public Memory application(String key) {
        return new Memory(key);
    }

    /** The keys of all that something is remembered of. */
    public List<String> applications() {
        List<String> keys = new ArrayList<>();
        root.path(APPLICATIONS).fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** The last known states of agents. */
    public JsonNode agents() {
        return root.path("agents");
    }

    public void agents(ObjectNode agents) throws IOException {
        root.set("agents", agents);
        save();
    }

    private void save() throws IOException {
        if (writable) {
            store.save(root);
        }
    }

    @Override
    public void close() throws IOException {
        store.close();
    }

    /** What is remembered of one application. */
    public final class Memory {
        private static final int MOST_LINES = 200;

        private final String key;

        private Memory(String key) {
            this.key = key;
        }

        private ObjectNode own() {
            return root.withObjectProperty(APPLICATIONS).withObjectProperty(key);
        }

        /** Missing where nothing is remembered. */
        public JsonNode get(String... path) {
            JsonNode at = root.path(APPLICATIONS).path(key);
            for (String step : path) {
                at = at.path(step);
            }
            return at;
        }

        public void put(JsonNode value, String... path) throws IOException {
            ObjectNode at = own();
            for (int i = 0; i < path.length - 1; i++) {
                at = at.withObjectProperty(path[i]);
            }
            at.set(path[path.length - 1], value);
            save();
        }

        public void put(String value, String... path) throws IOException {
            put(JsonNodeFactory.instance.textNode(value), path);
        }

        public void put(long value, String... path) throws IOException {
            put(JsonNodeFactory.instance.numberNode(value), path);
        }

        public void forget(String... path) throws IOException {
            JsonNode at = own();
            for (int i = 0; i < path.length - 1; i++) {
                at = at.path(path[i]);
            }
            if (at instanceof ObjectNode object && object.remove(path[path.length - 1]) != null) {
                save();
            }
        }

        /** All that is remembered of the application. */
        public void forgetAll() throws IOException {
            root.withObjectProperty(APPLICATIONS).remove(key);
            save();
        }

        /** Adds a dated line on what was done; the oldest lines go. */
        public void log(String line) throws IOException {
            own().withArrayProperty("log")
                    .addObject()
                    .put("time", time.now().truncatedTo(ChronoUnit.SECONDS).toString())
                    .put("text", line);
            while (own().withArrayProperty("log").size() > MOST_LINES) {
                own().withArrayProperty("log").remove(0);
            }
            save();
        }

        /** What came of the last {@code apply}; null before the first. */
        public String status() {
            return get("status").asText(null);
        }

        public void status(ApplicationStatus status) throws IOException {
            if (!status.spelling().equals(status())) {
                put(status.spelling(), "status");
            }
        }

        public boolean isPaused() {
            return get("paused").asBoolean();
        }

        public void paused(boolean paused) throws IOException {
            put(JsonNodeFactory.instance.booleanNode(paused), "paused");
        }
    }
}
