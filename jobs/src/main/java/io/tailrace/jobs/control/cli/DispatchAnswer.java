package io.tailrace.jobs.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** What GSE answers of one agent, in whichever of its shapes. */
final class DispatchAnswer {

    private DispatchAnswer() {}

    /** Missing where it says nothing of the agent. */
    static JsonNode of(JsonNode answer, String agent) {
        if (answer.isObject() && answer.has(agent)) {
            return answer.path(agent);
        }
        for (JsonNode each : answer) {
            boolean named =
                    each.path("bk_agent_id").asText().equals(agent)
                            || each.path("agent_id").asText().equals(agent);
            JsonNode within = each.isContainerNode() && !named ? of(each, agent) : each;
            if (named || within.isContainerNode()) {
                return within;
            }
        }
        return MissingNode.getInstance();
    }

    private static JsonNode code(JsonNode answer) {
        for (String key : new String[] {"error_code", "code", "status_code", "errcode"}) {
            if (answer.has(key)) {
                return answer.path(key);
            }
        }
        return MissingNode.getInstance();
    }

    static boolean isFailure(JsonNode answer) {
        return code(answer).asInt() != 0;
    }

    static String inWords(JsonNode answer) {
        if (answer.isMissingNode()) {
            return "handed on";
        }
        String words =
                answer.path("error_msg").asText(answer.path("message").asText(answer.toString()));
        return isFailure(answer) ? words + " (" + code(answer).asText() + ')' : words;
    }
}
