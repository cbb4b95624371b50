package io.tailrace.jobs.discovery.host;

import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Hosts of a table, asked for many at a time. Connections are kept. */
final class JdbcHosts implements Inquiry<HostAddress, HostEntry> {

    private static final int MOST = 500;

    private final JdbcHostsSettings settings;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    JdbcHosts(JdbcHostsSettings settings) {
        this.settings = settings;
    }

    @Override
    public int most() {
        return MOST;
    }

    @Override
    public Map<HostAddress, HostEntry> ask(List<HostAddress> questions) throws IOException {
        HostRows rows;
        try {
            rows = rows(questions.stream().map(HostAddress::ip).distinct().toArray(String[]::new));
        } catch (SQLException failure) {
            throw new IOException(
                    "%s: %s".formatted(settings.address(), failure.getMessage()), failure);
        }
        Map<HostAddress, HostEntry> answers = new HashMap<>();
        for (HostAddress question : questions) {
            HostEntry found = rows.find(question);
            if (found != null) {
                answers.put(question, found);
            }
        }
        return answers;
    }

    private HostRows rows(String[] ips) throws SQLException {
        Connection connection = idle.poll();
        if (connection == null) {
            connection = connect();
        }
        try {
            HostRows rows = rows(connection, ips);
            idle.push(connection);
            if (closed) {
                close();
            }
            return rows;
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    private HostRows rows(Connection connection, String[] ips) throws SQLException {
        HostRows rows = new HostRows();
        Array asked = connection.createArrayOf("text", ips);
        try (PreparedStatement statement = connection.prepareStatement(settings.statement())) {
            statement.setArray(1, asked);
            try (ResultSet found = statement.executeQuery()) {
                Set<String> columns = columns(found);
                while (found.next()) {
                    add(found, columns, rows);
                }
            }
        }
        return rows;
    }

    private static void add(ResultSet found, Set<String> columns, HostRows rows)
            throws SQLException {
        String agentId = columns.contains("agent_id") ? found.getString("agent_id") : null;
        Long bizId = null;
        if (columns.contains("biz_id")) {
            long number = found.getLong("biz_id");
            bizId = found.wasNull() ? null : (Long) number;
        }
        rows.add(
                found.getString("ip"),
                bizId,
                new HostEntry(
                        found.getLong("cloud_id"),
                        found.getLong("host_id"),
                        agentId == null ? "" : agentId));
    }

    private static Set<String> columns(ResultSet found) throws SQLException {
        Set<String> names = new TreeSet<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
            names.add(found.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT));
        }
        return names;
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        if (settings.password() != null) {
            properties.setProperty("password", settings.password());
        }
        properties.setProperty("ApplicationName", "tailrace");
        properties.setProperty("connectTimeout", seconds(settings.connectTimeout()));
        properties.setProperty("loginTimeout", seconds(settings.connectTimeout()));
        properties.setProperty("socketTimeout", seconds(settings.timeout()));
        properties.setProperty("readOnly", "true");
        return DriverManager.getConnection(settings.url(), properties);
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.plusMillis(999).toSeconds());
    }

    @Override
    public void close() {
        closed = true;
        for (Connection each = idle.poll(); each != null; each = idle.poll()) {
            try {
                each.close();
            } catch (SQLException gone) {
                // Nobody needs it any more.
            }
        }
    }
}
