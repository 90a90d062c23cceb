package io.inferometer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.cluster.wire.Packet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemotePartTest {
    @TempDir
    Path dir;

    private final List<Packet> told = new ArrayList<>();

    @Test
    void anAgentWritesItsJournalAndThePartsOfItAndNoOtherFile() throws Exception {
        RemotePart part = new RemotePart(7, dir.resolve("fork"), told::add, Optional::empty);

        List.of("", ".1", ".json", "/../other", ".1/../../other", ".1\n")
                .forEach(
                        ending -> part.heard(new Packet.Written(7, ending, "a line".getBytes(StandardCharsets.UTF_8))));
        part.heard(new Packet.Ended(7, 0, ""));

        try (var files = Files.list(dir)) {
            assertThat(files).containsExactlyInAnyOrder(dir.resolve("fork"), dir.resolve("fork.1"));
        }
        assertThat(dir.resolve("fork.1")).hasContent("a line");
        assertThat(told).containsExactly(new Packet.Kept(7));
    }

    @Test
    void whatCantBeKeptHereAnAgentIsNotToldToForget() {
        RemotePart part = new RemotePart(7, dir.resolve("nowhere/fork"), told::add, Optional::empty);

        part.heard(new Packet.Written(7, "", "a line".getBytes(StandardCharsets.UTF_8)));
        part.heard(new Packet.Ended(7, 0, ""));

        assertThat(part.complaint()).startsWith("what it sends can't be kept: ");
        assertThat(told).containsExactly(new Packet.Cancel(7));
    }

    @Test
    void whatComesBehindTheEndThatAMemberWasPutToStaysWithItsAgent() {
        RemotePart part = new RemotePart(7, dir.resolve("fork"), told::add, Optional::empty);

        part.close();
        part.heard(new Packet.Written(7, "", "a line".getBytes(StandardCharsets.UTF_8)));
        part.heard(new Packet.Ended(7, 137, ""));

        assertThat(told).containsExactly(new Packet.Kill(7));
    }
}
