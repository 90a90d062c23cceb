package io.inferometer.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.cluster.wire.Group;
import io.inferometer.cluster.wire.Packet;
import io.inferometer.harness.member.Member;
import io.inferometer.harness.member.Part;
import io.inferometer.harness.member.Share;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/**
 * An agent as a member of a run. What it is told goes out on a thread of its own, so that nobody who tells it something
 * waits for the network.
 */
final class RemoteMember implements Member, Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Packet NO_MORE = new Packet.Stop(-1);

    private final AgentLine line;
    private final Group group;
    private final ToIntFunction<Share> words;
    private final Map<Integer, RemotePart> parts = new ConcurrentHashMap<>();
    private final AtomicInteger shares = new AtomicInteger();
    private final BlockingQueue<Packet> outbox = new LinkedBlockingQueue<>();
    private volatile boolean lost;

    /** @param words which of the call's command lines a share is of */
    RemoteMember(AgentLine line, Group group, ToIntFunction<Share> words) {
        this.line = line;
        this.group = group;
        this.words = words;
        Thread thread = new Thread(this::send, "inferometer-agent-" + name());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public String name() {
        return line.answer().name();
    }

    AgentLine line() {
        return line;
    }

    @Override
    public Part start(Share share) throws IOException {
        if (lost) {
            throw new IOException("the agent was lost");
        }
        try {
            line.compare();
        } catch (IOException e) {
            throw new IOException("the agent was lost: " + e.getMessage(), e);
        }
        int number = shares.getAndIncrement();
        RemotePart part = new RemotePart(number, share.journal(), outbox::add, line::clock);
        parts.put(number, part);
        outbox.add(new Packet.Start(
                number,
                words.applyAsInt(share),
                share.trial().index(),
                share.trial().side().map(side -> side.letter().name()).orElse(""),
                share.fork(),
                share.member(),
                share.members(),
                share.origin() + line.clock().orElseThrow().offsetNanos(),
                earlier(share)));
        if (lost) {
            part.lost();
        }
        return part;
    }

    private static String earlier(Share share) throws IOException {
        return share.earlier().isEmpty() ? "" : JSON.writeValueAsString(share.earlier());
    }

    private void send() {
        try {
            for (Packet packet = outbox.take(); packet != NO_MORE; packet = outbox.take()) {
                group.send(name(), packet);
                if (packet instanceof Packet.Kept) {
                    compare();
                }
            }
        } catch (IOException e) {
            lost();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Compares clocks where something is being measured. */
    void compareWhileMeasuring() {
        if (!parts.isEmpty()) {
            compare();
        }
    }

    /**
     * A line that has broken off is no line any more: a late answer would be taken for that to another question. The agent
     * ends what it does for the run when it sees that, so it is lost, whatever the group says yet.
     */
    private void compare() {
        try {
            line.compare();
        } catch (IOException e) {
            lost();
            hangUp();
        }
    }

    private void hangUp() {
        try {
            line.close();
        } catch (IOException e) {
            // It is down all the same.
        }
    }

    void heard(Packet packet) {
        RemotePart part = parts.get(packet.share());
        if (part != null) {
            part.heard(packet);
        }
        if (packet instanceof Packet.Ended) {
            parts.remove(packet.share());
        }
    }

    /** It is gone. */
    void lost() {
        lost = true;
        parts.values().forEach(RemotePart::lost);
    }

    @Override
    public void close() {
        outbox.add(NO_MORE);
        hangUp();
    }
}
