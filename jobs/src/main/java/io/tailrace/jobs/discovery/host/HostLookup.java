package io.tailrace.jobs.discovery.host;

import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import io.tailrace.operators.discovery.Host;
import io.tailrace.operators.discovery.HostState;
import io.tailrace.operators.discovery.InventoryChange;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;

/**
 * Adds to the rows of hosts what a directory and GSE know. A row goes on at once with what is known
 * then, and once more when more is known: nothing ever waits for an answer, and rows stay in order.
 * What goes away passes through. When a bounded input ends it waits a while for the answers that
 * are to come.
 *
 * <p>Nothing of it is in state. After a restore a host is looked up when it is written next, and
 * goes without ids until it is answered; so writing must not put an unknown id in place of a known
 * one.
 *
 * <p>Of a host that was lost, GSE is asked until it says that the agent runs, or a span shows it.
 */
final class HostLookup extends AbstractStreamOperator<InventoryChange>
        implements OneInputStreamOperator<InventoryChange, InventoryChange>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    private static final Duration LAST_WAIT = Duration.ofSeconds(20);

    private final HostSettings settings;
    private final transient MailboxExecutor mailbox;

    private transient Lookups<HostAddress, HostEntry> directory;

    /** Null where nobody is asked. */
    private transient Lookups<AgentAddress, Boolean> agents;

    private transient OpenHosts openHosts;
    private transient Counter updated;
    private transient boolean waitedLongEnough;
    private transient ScheduledFuture<?> nextWatch;

    HostLookup(StreamOperatorParameters<InventoryChange> parameters, HostSettings settings) {
        super(parameters);
        this.settings = settings;
        mailbox = parameters.getMailboxExecutor();
    }

    @Override
    public void open() throws Exception {
        super.open();
        MetricGroup group = getMetricGroup().addGroup("tailrace");
        updated = group.counter("hosts_updated");
        openHosts = new OpenHosts(settings.cacheSize());
        directory =
                new Lookups<>(
                        settings.directory(),
                        settings.directoryLimits(),
                        answers -> mailbox.execute(answers::run, "answers of the host directory"),
                        this::found,
                        new LookupMetrics(group, "host_directory"));
        if (settings.gse() != null) {
            agents =
                    new Lookups<>(
                            new GseAgents(settings.gse()),
                            settings.agentLimits(),
                            answers -> mailbox.execute(answers::run, "answers of GSE"),
                            agent -> update(agent.host()),
                            new LookupMetrics(group, "gse"));
            watchOpen();
        }
    }

    @Override
    public void processElement(StreamRecord<InventoryChange> element) {
        InventoryChange change = element.getValue();
        if (!(change.item() instanceof Host item)) {
            output.collect(element);
            return;
        }
        HostAddress host = new HostAddress(change.application().bizId(), item.ip());
        switch (change.operation()) {
            case UPSERT -> {
                AgentAddress agent = agent(host);
                if (agent != null && ToldHost.isLost(change)) {
                    // What it said so far may be from before.
                    agents.forget(agent);
                }
                ask(host);
                tell(host, new ToldHost(change, state(host, change)), element);
            }
            case EXPIRE -> {
                openHosts.forget(host, ToldHost.Row.of(change));
                output.collect(element);
            }
        }
    }

    private void ask(HostAddress host) {
        directory.ask(host);
        AgentAddress agent = agent(host);
        if (agent != null) {
            agents.ask(agent);
        }
    }

    /** Null where nobody can be asked for it. */
    private AgentAddress agent(HostAddress host) {
        HostEntry entry = agents == null ? null : directory.known(host);
        return entry == null ? null : AgentAddress.of(host, entry);
    }

    /** What is known now. A span that came after the agent was lost shows that it lives. */
    private HostState state(HostAddress host, InventoryChange change) {
        HostEntry entry = directory.known(host);
        AgentAddress agent = agent(host);
        Boolean running = agent == null ? null : agents.known(agent);
        Boolean said = change.host().agentAlive();
        Boolean alive =
                Boolean.TRUE.equals(said) || Boolean.TRUE.equals(running)
                        ? Boolean.TRUE
                        : said == null ? running : said;
        return entry == null
                ? new HostState(HostState.UNKNOWN, HostState.UNKNOWN, alive)
                : new HostState(entry.cloudId(), entry.hostId(), alive);
    }

    private void tell(HostAddress host, ToldHost told, StreamRecord<InventoryChange> element) {
        output.collect(element.replace(told.whole()));
        keepOrForget(host, told);
    }

    private void keepOrForget(HostAddress host, ToldHost told) {
        AgentAddress agent = agent(host);
        if (directory.isInFlight(host)
                || agent != null && (agents.isInFlight(agent) || told.isLost())) {
            openHosts.keep(host, told);
        } else {
            openHosts.forget(host, told.row());
        }
    }

    /** What the directory said, or that it says nothing. */
    private void found(HostAddress host) {
        AgentAddress agent = agent(host);
        if (agent != null) {
            agents.ask(agent);
        }
        update(host);
    }

    /** Hands those rows on once more of which more is known now. */
    private void update(HostAddress host) {
        for (ToldHost before : openHosts.of(host)) {
            ToldHost now = new ToldHost(before.change(), state(host, before.change()));
            if (now.equals(before)) {
                keepOrForget(host, now);
            } else {
                updated.inc();
                tell(host, now, new StreamRecord<>(now.whole()));
            }
        }
    }

    /** Asks for those that were lost again, now and then. */
    private void watchOpen() {
        nextWatch =
                getProcessingTimeService()
                        .registerTimer(
                                getProcessingTimeService().getCurrentProcessingTime()
                                        + settings.gse().refresh().toMillis(),
                                time -> {
                                    openHosts.all().forEach(this::ask);
                                    watchOpen();
                                });
    }

    @Override
    public void endInput() throws Exception {
        ScheduledFuture<?> alarm =
                getProcessingTimeService()
                        .registerTimer(
                                getProcessingTimeService().getCurrentProcessingTime()
                                        + LAST_WAIT.toMillis(),
                                time -> waitedLongEnough = true);
        while (!waitedLongEnough && inFlight() > 0) {
            mailbox.yield();
        }
        alarm.cancel(false);
    }

    private int inFlight() {
        return directory.inFlight() + (agents == null ? 0 : agents.inFlight());
    }

    @Override
    public void close() throws Exception {
        if (nextWatch != null) {
            nextWatch.cancel(false);
        }
        if (directory != null) {
            directory.close();
        }
        if (agents != null) {
            agents.close();
        }
        super.close();
    }
}
