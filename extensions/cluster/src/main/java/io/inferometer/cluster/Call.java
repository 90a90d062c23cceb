package io.inferometer.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a coordinator asks of an agent before a run: to look whether it can do its share, and to come into the run's group.
 *
 * @param version of the coordinator's program
 * @param jar the hash of its classes
 * @param started when the run was planned, as ISO 8601: members' journals are known to be of one run by that
 * @param run what tells its group from others
 * @param coordinator where its group is met, {@code host:port}
 * @param check whether it is only looked whether the agent could
 * @param words the command lines that have the run's trials in their plans
 * @param variables the variables that are options, or values of parameters, as the coordinator has them; empty where unset
 * @param files the files that the workloads read, by name, and the hash of each
 */
record Call(
        String version,
        String jar,
        String started,
        String run,
        String coordinator,
        boolean check,
        List<List<String>> words,
        Map<String, String> variables,
        Map<String, String> files) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The answer.
     *
     * @param refusal why it can't, or will not; empty where it comes
     * @param name what the agent is called, {@code host:port}
     * @param version of its program
     * @param jar the hash of its classes
     * @param java of its JVM
     * @param processors how many it has
     * @param descriptors how many files and sockets it may have open; 0 where that is not known
     * @param endpoints whether it reaches them, by {@code host:port}: empty, or why not
     */
    record Answer(
            String refusal,
            String name,
            String version,
            String jar,
            String java,
            int processors,
            long descriptors,
            Map<String, String> endpoints) {
        byte[] bytes() throws IOException {
            return JSON.writeValueAsBytes(this);
        }

        static Answer read(byte[] bytes) throws IOException {
            return JSON.readValue(bytes, Answer.class);
        }
    }

    Instant startedAt() {
        return Instant.parse(started);
    }

    byte[] bytes() throws IOException {
        return JSON.writeValueAsBytes(this);
    }

    static Call read(byte[] bytes) throws IOException {
        return JSON.readValue(bytes, Call.class);
    }
}
