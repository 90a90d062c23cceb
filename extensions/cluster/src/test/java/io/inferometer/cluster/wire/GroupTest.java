package io.inferometer.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class GroupTest {
    private static final Identity IDENTITY = Identity.of("correct horse battery");
    private static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    private final Door.Visitors visitors = new Door.Visitors() {
        @Override
        public void call(CallLine line) throws IOException {
            line.send(line.receive());
        }

        @Override
        public void refused(InetAddress who, String why) {
            seen.add("refused " + who.getHostAddress() + ": " + why);
        }
    };

    @Test
    void whoKnowsTheSecretIsAnswered() throws Exception {
        try (Door door = Door.open(FREE, IDENTITY, visitors);
                CallLine line = CallLine.to(
                        door.address(),
                        InetAddress.getLoopbackAddress(),
                        Identity.of("correct horse battery"),
                        PATIENCE)) {
            line.send("hello".getBytes(StandardCharsets.UTF_8));

            assertThat(line.receive()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
        }
    }

    @Test
    void whoHangsUpOnOneThatHangsDoesNotWaitForItsGoodbye() throws Exception {
        CompletableFuture<Void> hangs = new CompletableFuture<>();
        Door.Visitors hanging = new Door.Visitors() {
            @Override
            public void call(CallLine line) {
                hangs.join();
            }

            @Override
            public void refused(InetAddress who, String why) {
                seen.add(why);
            }
        };
        try (Door door = Door.open(FREE, IDENTITY, hanging)) {
            CallLine line =
                    CallLine.to(door.address(), InetAddress.getLoopbackAddress(), IDENTITY, Duration.ofMinutes(5));

            assertThat(CompletableFuture.runAsync(() -> {
                        try {
                            line.close();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }))
                    .succeedsWithin(Duration.ofSeconds(30));
        } finally {
            hangs.complete(null);
        }
    }

    @Test
    void aGroupThatIsLateInLeavingLeavesTheDoorToTheNextOne() throws Exception {
        try (Door door = Door.open(FREE, IDENTITY, visitors);
                SSLSocket member = Door.visitor(IDENTITY, Door.GROUP)) {
            ServerSocket before = new GroupSockets(door).createServerSocket("");
            ServerSocket next = new GroupSockets(door).createServerSocket("");
            before.close();
            member.connect(door.address());
            member.startHandshake();

            assertThat(CompletableFuture.supplyAsync(() -> {
                        try {
                            return next.accept().isConnected();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }))
                    .succeedsWithin(PATIENCE)
                    .isEqualTo(true);
        }
    }

    @Test
    void whoHasAnotherSecretIsRefusedAndBothSidesAreTold() throws Exception {
        Identity another = Identity.of("another one");
        try (Door door = Door.open(FREE, IDENTITY, visitors)) {
            for (int i = 0; i < 50; i++) {
                assertThatThrownBy(
                                () -> CallLine.to(door.address(), InetAddress.getLoopbackAddress(), another, PATIENCE))
                        .isInstanceOf(IOException.class)
                        .hasMessage("it has another INFEROMETER_CLUSTER_SECRET");

                assertThat(seen.poll(5, TimeUnit.SECONDS))
                        .isEqualTo("refused 127.0.0.1: it has another INFEROMETER_CLUSTER_SECRET");
            }
        }
    }

    @Test
    void whoHangsUpBeforeTlsStandsIsToldOf() throws Exception {
        try (Door door = Door.open(FREE, IDENTITY, visitors)) {
            try (Socket visitor = new Socket()) {
                visitor.connect(door.address());
                visitor.setSoLinger(true, 0);
            }

            assertThat(seen.poll(5, TimeUnit.SECONDS))
                    .isEqualTo("refused 127.0.0.1: it hung up before it had shown that it knows"
                            + " INFEROMETER_CLUSTER_SECRET: Connection reset");
        }
    }

    @Test
    void membersSendEachOtherPacketsInOrder() throws Exception {
        BlockingQueue<Packet> packets = new LinkedBlockingQueue<>();
        try (Door one = Door.open(FREE, IDENTITY, visitors);
                Door other = Door.open(FREE, IDENTITY, visitors);
                Group first = Group.enter(one, "run", List.of(), listener(packets));
                Group second = Group.enter(other, "run", List.of(one.address()), listener(packets))) {
            assertThat(second.present())
                    .contains(MemberAddress.text(one.address()), MemberAddress.text(other.address()));

            for (int i = 0; i < 100; i++) {
                second.send(MemberAddress.text(one.address()), new Packet.Go(7, i));
            }

            for (int i = 0; i < 100; i++) {
                assertThat(packets.poll(5, TimeUnit.SECONDS)).isEqualTo(new Packet.Go(7, i));
            }
            assertThat(first.present()).hasSize(2);
        }
    }

    @Test
    void whoseFirstQuestionIsLostAsksAgain() throws Exception {
        try (Door door = Door.open(FREE, IDENTITY, visitors);
                Door other = Door.open(FREE, IDENTITY, visitors);
                ServerSocket loses = new GroupSockets(door).createServerSocket("")) {
            CompletableFuture<Group> comes = CompletableFuture.supplyAsync(() -> {
                try {
                    return Group.enter(other, "run", List.of(door.address()), listener(new LinkedBlockingQueue<>()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            loses.accept().close();

            try (Group first = Group.enter(door, "run", List.of(), listener(new LinkedBlockingQueue<>()));
                    Group second = comes.get(1, TimeUnit.MINUTES)) {
                assertThat(second.present())
                        .contains(MemberAddress.text(door.address()), MemberAddress.text(other.address()));
                assertThat(first.present()).hasSize(2);
            }
        }
    }

    private static Group.Listener listener(BlockingQueue<Packet> packets) {
        return new Group.Listener() {
            @Override
            public void present(Set<String> members) {}

            @Override
            public void packet(String from, Packet packet) {
                packets.add(packet);
            }
        };
    }
}
