package io.tailrace.jobs.discovery.host;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a list of hosts. In CSV the first line names the columns; values have neither commas nor
 * quotes. In YAML it is a list of maps.
 */
final class HostFile {

    private static final int MOST_CODE_POINTS = 256 << 20;

    private HostFile() {}

    /**
     * @throws IOException in words, where the file cannot be read or is not as it should be
     */
    static HostRows read(StaticHostsSettings settings) throws IOException {
        String text = Files.readString(Path.of(settings.path()), StandardCharsets.UTF_8);
        HostRows rows = new HostRows();
        int number = 0;
        for (Map<String, String> host : settings.isYaml() ? ofYaml(text) : ofCsv(text)) {
            number++;
            try {
                add(host, rows);
            } catch (IllegalArgumentException wrong) {
                throw new IOException(
                        "%s, host %d: %s".formatted(settings.path(), number, wrong.getMessage()));
            }
        }
        return rows;
    }

    private static void add(Map<String, String> host, HostRows rows) {
        String ip = host.get("ip");
        if (ip == null || ip.isEmpty()) {
            throw new IllegalArgumentException("it has no ip");
        }
        String bizId = host.getOrDefault("biz_id", "");
        rows.add(
                ip,
                bizId.isEmpty() ? null : (Long) number(host, "biz_id"),
                new HostEntry(
                        number(host, "cloud_id"),
                        number(host, "host_id"),
                        host.getOrDefault("agent_id", "")));
    }

    private static long number(Map<String, String> host, String column) {
        try {
            return Long.parseLong(host.getOrDefault(column, ""));
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(
                    "%s is no whole number: \"%s\"".formatted(column, host.get(column)), wrong);
        }
    }

    private static List<Map<String, String>> ofCsv(String text) throws IOException {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (text.indexOf('"') >= 0) {
            throw new IOException("A list of hosts in CSV has no quotes");
        }
        List<Map<String, String>> hosts = new ArrayList<>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] columns = lines.get(0).split(",", -1);
            String[] values = line.split(",", -1);
            Map<String, String> host = new HashMap<>();
            for (int i = 0; i < Math.min(columns.length, values.length); i++) {
                host.put(columns[i].strip(), values[i].strip());
            }
            hosts.add(host);
        }
        return hosts;
    }

    private static List<Map<String, String>> ofYaml(String text) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CODE_POINTS);
        Object root;
        try {
            root = new Yaml(new SafeConstructor(options)).load(text);
        } catch (YAMLException malformed) {
            throw new IOException("Not YAML: " + malformed.getMessage(), malformed);
        }
        if (!(root instanceof List<?> list)) {
            throw new IOException("A list of hosts in YAML is a list");
        }
        List<Map<String, String>> hosts = new ArrayList<>();
        for (Object each : list) {
            Map<String, String> host = new HashMap<>();
            if (each instanceof Map<?, ?> map) {
                map.forEach((key, value) -> host.put(String.valueOf(key), asText(value)));
            }
            hosts.add(host);
        }
        return hosts;
    }

    private static String asText(Object value) {
        return value == null ? "" : value.toString();
    }
}
