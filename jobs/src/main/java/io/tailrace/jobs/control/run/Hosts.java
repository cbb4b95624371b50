package io.tailrace.jobs.control.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.jobs.control.gse.Host;
import io.tailrace.jobs.control.spec.AgentsSettings;
import io.tailrace.jobs.control.spec.StateSettings;
import io.tailrace.sinks.jdbc.Database;
import io.tailrace.sinks.jdbc.Fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The hosts of a spec: those it names, and those that discovery found. */
public final class Hosts {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Hosts() {}

    /**
     * @param settings null for none
     * @throws IOException in words, where what was discovered cannot be read
     */
    public static List<Host> of(AgentsSettings settings) throws IOException {
        Set<Host> hosts = new LinkedHashSet<>();
        if (settings != null) {
            for (AgentsSettings.HostSpec host : settings.hosts()) {
                hosts.add(new Host(host.cloudId(), host.ip(), host.agentId()));
            }
            if (settings.discovered() != null) {
                hosts.addAll(
                        settings.discovered().file() == null
                                ? ofTable(settings.discovered().jdbc())
                                : ofFiles(settings.discovered().file()));
            }
        }
        return List.copyOf(hosts);
    }

    /** Of a folder of a file sink: each line brings a host, or has it expire. */
    private static Set<Host> ofFiles(Path folder) throws IOException {
        Set<Host> hosts = new LinkedHashSet<>();
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile)
                    // Those that are not finished begin with a dot.
                    .filter(each -> !each.getFileName().toString().startsWith("."))
                    .sorted()
                    .forEach(files::add);
        }
        for (Path file : files) {
            try (Stream<String> lines = Files.lines(file)) {
                lines.forEach(line -> take(line, hosts));
            }
        }
        return hosts;
    }

    private static void take(String line, Set<Host> hosts) {
        JsonNode row;
        try {
            row = JSON.readTree(line);
        } catch (JsonProcessingException foreign) {
            return;
        }
        if (!row.path("entity").asText().equals("host") || row.path("ip").asText().isEmpty()) {
            return;
        }
        Host host = host(row.path("bk_cloud_id").asLong(), row.path("ip").asText());
        if (row.path("op").asText().equals("expire")) {
            hosts.remove(host);
        } else {
            hosts.add(host);
        }
    }

    /** Discovery has -1 for an area that nobody knows. */
    private static Host host(long cloudId, String ip) {
        return new Host(Math.max(0, cloudId), ip, null);
    }

    private static Set<Host> ofTable(StateSettings.JdbcState settings) throws IOException {
        Database database = new Database(settings.connection());
        Set<Host> hosts = new LinkedHashSet<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select distinct bk_cloud_id, ip from %s order by 1, 2"
                                        .formatted(database.qualified("apm_host")))) {
            while (rows.next()) {
                hosts.add(host(rows.getLong(1), rows.getString(2)));
            }
        } catch (SQLException failure) {
            throw new IOException(
                    "the hosts in the %s cannot be read: %s"
                            .formatted(database, Fault.words(failure)),
                    failure);
        }
        return hosts;
    }
}
