package io.tailrace.jobs.control.step;

import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;

/** Says of a name that is taken what can be done. */
final class Taken {

    private Taken() {}

    /**
     * @param key of the spec, that gives another name
     */
    static CallException inWords(CallException failure, String what, String name, String key) {
        return failure.fault() == Fault.TAKEN
                ? failure.in(
                        "the %s name %s is taken by somebody else; give another one with %s"
                                .formatted(what, name, key))
                : failure;
    }
}
