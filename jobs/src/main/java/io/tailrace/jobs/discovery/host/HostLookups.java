package io.tailrace.jobs.discovery.host;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

import io.tailrace.jobs.OperatorUids;
import io.tailrace.operators.discovery.InventoryChange;

/** Rows of hosts, with what a directory and GSE know of them. */
public final class HostLookups {

    private HostLookups() {}

    /**
     * @param changes of hosts, those of one host in order; others pass through
     */
    public static DataStream<InventoryChange> of(
            DataStream<InventoryChange> changes, HostSettings settings) {
        return changes.transform(
                        OperatorUids.HOST_LOOKUPS, InventoryChange.TYPE, new Factory(settings))
                .setParallelism(changes.getParallelism())
                .uid(OperatorUids.HOST_LOOKUPS);
    }

    /** Makes the operator where it runs, for answers come to it from other threads. */
    private static final class Factory extends AbstractStreamOperatorFactory<InventoryChange>
            implements OneInputStreamOperatorFactory<InventoryChange, InventoryChange> {

        private static final long serialVersionUID = 1L;

        private final HostSettings settings;

        Factory(HostSettings settings) {
            this.settings = settings;
        }

        @Override
        // The interface asks for more than it can check.
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        public <T extends StreamOperator<InventoryChange>> T createStreamOperator(
                StreamOperatorParameters<InventoryChange> parameters) {
            return (T) new HostLookup(parameters, settings);
        }

        @Override
        @SuppressWarnings("rawtypes") // as the interface has it
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
            return HostLookup.class;
        }
    }
}
