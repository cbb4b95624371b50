package io.tailrace.jobs;

import io.tailrace.sinks.jdbc.Database;
import io.tailrace.sinks.jdbc.schema.Usage;
import io.tailrace.sinks.kafka.KafkaSinkSettings;

import java.util.List;
import java.util.Map;

/** What the sinks of a job need to be there before it starts. */
public interface JobSinks {

    /** The schemas that it writes tables in. */
    List<Tables> tables();

    /** The topics that it writes. */
    List<Topic> topics();

    /**
     * Tables in one schema.
     *
     * @param uses what is done with each, by its name
     */
    record Tables(Database database, Map<String, Usage> uses) {}

    /**
     * A topic.
     *
     * @param most the largest message that it must take, in bytes; 0 where all are small
     */
    record Topic(KafkaSinkSettings settings, long most) {}
}
