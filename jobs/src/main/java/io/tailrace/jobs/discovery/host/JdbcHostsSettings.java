package io.tailrace.jobs.discovery.host;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;
import io.tailrace.sinks.jdbc.JdbcSinkSettings;
import io.tailrace.sinks.jdbc.JdbcUrl;

import java.io.Serializable;
import java.time.Duration;

/** A table in PostgreSQL, or a query there. */
public record JdbcHostsSettings(
        @Setting(value = "The database, as jdbc:postgresql://HOST:PORT/NAME", check = JdbcUrl.class)
                String url,
        @Setting("The user") String user,
        @Setting(value = "The user's password, where it needs one", optional = true, secret = true)
                String password,
        @Setting(
                        value =
                                "What gives the columns ip, cloud_id, host_id, and agent_id and biz_id"
                                        + " if there are such; its one ? is an array of ips",
                        optional = true,
                        otherwise = "the columns of the table")
                String query,
        @Setting(value = "The table and its columns, instead of a query", optional = true)
                HostTable table,
        @Setting(
                        value = "How long a connection may take to be made",
                        defaultsTo = "10s",
                        least = 1000,
                        most = 3_600_000)
                Duration connectTimeout,
        @Setting(
                        value = "How long the database may take to answer",
                        defaultsTo = "10s",
                        least = 1000,
                        most = 3_600_000)
                Duration timeout)
        implements Checked, Serializable {

    /** Which columns of a table are meant. */
    public record HostTable(
            @Setting("Its name, with its schema where that is not public") String name,
            @Setting(value = "The ip, as text", defaultsTo = "ip") String ip,
            @Setting(value = "The cloud area", defaultsTo = "cloud_id") String cloudId,
            @Setting(value = "The host", defaultsTo = "host_id") String hostId,
            @Setting(value = "The agent, where the table has it", optional = true) String agentId,
            @Setting(value = "The business, where the table has it", optional = true) String bizId)
            implements Serializable {

        String query() {
            StringBuilder columns = new StringBuilder();
            columns.append(quoted(ip)).append(" as ip, ");
            columns.append(quoted(cloudId)).append(" as cloud_id, ");
            columns.append(quoted(hostId)).append(" as host_id");
            if (agentId != null) {
                columns.append(", ").append(quoted(agentId)).append(" as agent_id");
            }
            if (bizId != null) {
                columns.append(", ").append(quoted(bizId)).append(" as biz_id");
            }
            return "select %s from %s where %s = any (?)"
                    .formatted(columns, qualified(), quoted(ip));
        }

        private String qualified() {
            int dot = name.indexOf('.');
            return dot < 0
                    ? quoted(name)
                    : quoted(name.substring(0, dot)) + '.' + quoted(name.substring(dot + 1));
        }

        private static String quoted(String name) {
            return '"' + name.replace("\"", "\"\"") + '"';
        }
    }

    @Override
    public void check(Problems problems) {
        if (JdbcSinkSettings.holdsSecret(url)) {
            problems.expected("password", "the password under this key, and none in url");
        }
        if (user.isBlank()) {
            problems.expected("user", "a user's name");
        }
        if ((query == null) == (table == null)) {
            problems.expected("", "either query or table");
        } else if (query != null && query.chars().filter(each -> each == '?').count() != 1) {
            problems.expected("query", "one ?, as in \"... where ip = any (?)\"");
        }
    }

    String statement() {
        return query == null ? table.query() : query;
    }

    /** Without parameters, which may name files and keys. */
    String address() {
        return url.split("\\?", 2)[0];
    }

    /** Without the password, as records are written to logs. */
    @Override
    public String toString() {
        return "JdbcHostsSettings[url=" + address() + ", user=" + user + "]";
    }
}
