package io.inferometer.cluster.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.logging.LogFactory;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.NameCache;

/**
 * The members of a run that are there, by JGroups: who has joined, who is gone, and packets between them, in order and
 * none lost. Members are called what they are called in messages and results: {@code host:port}.
 *
 * <p>All of its traffic goes through the {@link Door}. Somebody whose connection breaks, or who says nothing for
 * {@link #SILENCE}, is gone for good: groups that were parted are not put together again, for their measurement is over.
 */
public final class Group implements Closeable {
    /** How long a member may be silent. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    /** How long the first member looks for others, of which there are none. */
    private static final Duration FIRST = Duration.ofMillis(50);

    /** How long others look for the first one: a busy machine takes its time for a connection. */
    private static final Duration JOIN = Duration.ofSeconds(20);

    /**
     * How often they ask for it in that time. A question or its answer can be lost: whenever somebody else has come in, each
     * member closes its connections to those who are not in yet.
     */
    private static final int QUESTIONS = 40;

    private static final int JOIN_ATTEMPTS = 3;
    private static final int CREDITS_BYTES = 4 << 20;

    /** Held, or what is set of it is lost. It would speak of the same that we tell in our own words. */
    private static final Logger JGROUPS = Logger.getLogger("org.jgroups");

    private final Listener listener;
    private final JChannel channel;
    private Set<String> present = Set.of();

    /** Is told what happens in a group, in order; of each member by one thread at a time. */
    public interface Listener {
        /** Who is there now. */
        void present(Set<String> members);

        /** Somebody sent this. */
        void packet(String from, Packet packet);
    }

    private Group(JChannel channel, Listener listener) {
        this.channel = channel;
        this.listener = listener;
    }

    /**
     * Enters a group, which is there from when its first member enters it.
     *
     * @param run what tells it from others
     * @param hosts where others of it may be
     * @throws IOException if that can't be; the message says why
     */
    public static Group enter(Door door, String run, List<InetSocketAddress> hosts, Listener listener)
            throws IOException {
        JGROUPS.setLevel(Level.OFF);
        LogFactory.useJdkLogger(true);
        InetSocketAddress own = door.address();
        try {
            TCP tcp = new TCP();
            tcp.setBindAddr(own.getAddress()).setBindPort(own.getPort()).setPortRange(0);
            tcp.setSocketFactory(new GroupSockets(door));
            // A machine that is busy takes its time for TLS; who is gone is told by a broken connection.
            tcp.setSockConnTimeout((int) SILENCE.toMillis()).setPeerAddrReadTimeout((int) SILENCE.toMillis());
            tcp.tcpNodelay(true).enableSuspectEvents(true).setClientBindAddr(own.getAddress());
            JChannel channel = new JChannel(
                    tcp,
                    new TCPPING()
                            .setInitialHosts(hosts.isEmpty() ? List.of(own) : hosts)
                            .setPortRange(0)
                            .numDiscoveryRuns(hosts.isEmpty() ? 1 : QUESTIONS),
                    new FD_ALL3().setTimeout(SILENCE.toMillis()).setInterval(HEARTBEAT.toMillis()),
                    new VERIFY_SUSPECT2().setTimeout(1_000),
                    new NAKACK2().useMcastXmit(false),
                    new UNICAST3(),
                    new STABLE(),
                    new GMS()
                            .setJoinTimeout((hosts.isEmpty() ? FIRST : JOIN).toMillis())
                            .setMaxJoinAttempts(JOIN_ATTEMPTS)
                            .printLocalAddress(false),
                    new UFC().setMaxCredits(CREDITS_BYTES),
                    new FRAG4());
            tcp.getDiagnosticsHandler().setEnabled(false);
            Group group = new Group(channel, listener);
            channel.setName(MemberAddress.text(own));
            channel.setReceiver(group.new Ears());
            channel.setDiscardOwnMessages(true);
            channel.connect(run);
            return group;
        } catch (Exception e) {
            throw new IOException("can't enter the group of the run: " + e.getMessage(), e);
        }
    }

    /** Who is there now, this process too. */
    public Set<String> present() {
        return names(channel.getView());
    }

    /**
     * Sends a packet, and waits where the other one can't keep up.
     *
     * @throws IOException if nobody of that name is there
     */
    public void send(String to, Packet packet) throws IOException {
        byte[] bytes = packet.encoded();
        try {
            channel.send(new BytesMessage(address(to), bytes, 0, bytes.length));
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Address address(String name) throws IOException {
        View view = channel.getView();
        return (view == null ? Stream.<Address>empty() : view.getMembers().stream())
                .filter(member -> name.equals(name(member)))
                .findFirst()
                .orElseThrow(() -> new IOException(name + " is not there"));
    }

    /** Of those who are there whose names are known: of one that came at the same moment the name may follow. */
    private Set<String> names(View view) {
        return view == null
                ? Set.of()
                : view.getMembers().stream()
                        .map(this::name)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What somebody is called: of one whose name has not come yet, where it is reached, which is the same; null where that has not either. */
    private String name(Address member) {
        String name = NameCache.get(member);
        return name == null && channel.down(new Event(Event.GET_PHYSICAL_ADDRESS, member)) instanceof IpAddress at
                ? MemberAddress.text(new InetSocketAddress(at.getIpAddress(), at.getPort()))
                : name;
    }

    @Override
    public void close() {
        channel.close();
    }

    private final class Ears implements Receiver {
        @Override
        public void viewAccepted(View view) {
            listener.present(names(view));
        }

        @Override
        public void receive(Message message) {
            try {
                String from = name(message.getSrc());
                listener.packet(
                        from == null ? String.valueOf(message.getSrc()) : from,
                        Packet.read(message.getArray(), message.getOffset(), message.getLength()));
            } catch (IOException e) {
                // Members have the same jar: there is no other packet.
            }
        }
    }
}
