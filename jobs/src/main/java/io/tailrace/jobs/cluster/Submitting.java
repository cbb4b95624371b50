package io.tailrace.jobs.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.http.Call;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;
import io.tailrace.jobs.http.ServiceClient;

/** Uploads a jar, runs a job of it, and takes the jar away: the job has a copy by then. */
final class Submitting {

    static final String PERMISSION = "web.submit.enable on the cluster";

    /** What the job itself threw; Flink says 503 where it may go better later. */
    private static final int FAILED = 500;

    private final ServiceClient client;
    private final FlinkCluster cluster;

    Submitting(ServiceClient client, FlinkCluster cluster) {
        this.client = client;
        this.cluster = cluster;
    }

    String submit(Submission submission, JarUpload.Progress progress)
            throws CallException, InterruptedException {
        String jar = new JarUpload(client, progress).upload(submission.jar());
        try {
            return submission.ifNoneRuns()
                    ? client.makeOnce(
                            () -> cluster.running(submission.name()).map(FlinkJob::id),
                            () -> run(jar, submission))
                    : run(jar, submission);
        } finally {
            deleteQuietly(jar);
        }
    }

    private String run(String jar, Submission submission)
            throws CallException, InterruptedException {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("entryClass", submission.entryClass());
        ArrayNode arguments = body.putArray("programArgsList");
        submission.arguments().forEach(arguments::add);
        if (submission.from() != null) {
            body.put("savepointPath", submission.from())
                    .put("allowNonRestoredState", submission.allowNonRestored());
        }
        String path = "/jars/" + jar + "/run";
        try {
            String purpose = "run the job " + submission.name();
            return client.send(Call.make(path, body, purpose, PERMISSION)).path("jobid").asText();
        } catch (CallException failure) {
            if (failure.status() == FAILED) {
                throw new CallException(Fault.REFUSED, failure.getMessage());
            }
            throw failure;
        }
    }

    private void deleteQuietly(String jar) throws InterruptedException {
        try {
            client.send(Call.discard("/jars/" + jar, "delete the jar", PERMISSION));
        } catch (CallException left) {
            // The cluster keeps a jar that nobody needs; the next start of it does not.
            return;
        }
    }
}
