package io.tailrace.jobs.control.spec;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Which agents are asked about. */
public record AgentsSettings(
        @Setting(value = "Hosts", optional = true) List<HostSpec> hosts,
        @Setting(
                        value = "Where discovery wrote the hosts that it found",
                        optional = true,
                        otherwise = "only those of hosts")
                Discovered discovered,
        @Setting(
                        value =
                                "How long an agent's state is believed before it is asked for again",
                        defaultsTo = "1m",
                        least = 0)
                Duration cache,
        @Setting(value = "The process that `control processes` asks about", defaultsTo = "{}")
                ProcessSettings process) {

    /** A host, by its address or by its agent's id. */
    public record HostSpec(
            @Setting(value = "Its address", optional = true, otherwise = "agent_id is given")
                    String ip,
            @Setting(value = "The network area that the address is of", defaultsTo = "0")
                    long cloudId,
            @Setting(value = "Its agent's id", optional = true, otherwise = "ip is given")
                    String agentId)
            implements Checked {
        @Override
        public void check(Problems problems) {
            if ((ip == null) == (agentId == null)) {
                problems.expected("", "either ip or agent_id");
            }
        }
    }

    /** The inventory that discovery wrote. */
    public record Discovered(
            @Setting(
                            value = "A folder of its file sink",
                            optional = true,
                            otherwise = "jdbc is given")
                    Path file,
            @Setting(
                            value = "The database of its jdbc sink, with the table apm_host",
                            optional = true,
                            otherwise = "file is given")
                    StateSettings.JdbcState jdbc)
            implements Checked {
        @Override
        public void check(Problems problems) {
            if ((file == null) == (jdbc == null)) {
                problems.expected("", "either file or jdbc");
            }
        }
    }

    /** A process that GSE looks after. */
    public record ProcessSettings(
            @Setting(value = "Its namespace", defaultsTo = "nodeman") String namespace,
            @Setting(value = "Its name", defaultsTo = "bkmonitorbeat") String name) {}
}
