package io.inferometer.cluster.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a coordinator and its agents say to each other while a run is on, about a share of it. */
public sealed interface Packet {
    /** The share's number in the run. */
    int share();

    /**
     * Start it.
     *
     * @param words which of the call's command lines has it in its plan
     * @param trial the trial's number in that plan
     * @param side the letter of the side that it is of; empty for none
     * @param origin the time zero of the run on the agent's clock
     * @param earlier how far the fork came before, as JSON; empty where nothing has been done of it
     */
    record Start(
            int share,
            int words,
            int trial,
            String side,
            int fork,
            int member,
            int members,
            long origin,
            String earlier)
            implements Packet {}

    /** Send nothing more. */
    record Stop(int share) implements Packet {}

    /** Give up what is in flight. */
    record Cancel(int share) implements Packet {}

    /** Start the next iteration then, in nanoseconds since the run's time zero. */
    record Go(int share, long nanos) implements Packet {}

    /** The iteration that it is ready for is none: there have been enough. */
    record Enough(int share) implements Packet {}

    /** End it at once. */
    record Kill(int share) implements Packet {}

    /** All that it wrote is here, and need not be kept there. */
    record Kept(int share) implements Packet {}

    /**
     * What was written next to its journal.
     *
     * @param part what stands behind the journal's name in that of the file; empty for the journal itself
     */
    record Written(int share, String part, byte[] bytes) implements Packet {}

    /**
     * It has ended, and all that it wrote has been sent.
     *
     * @param complaint what it complained of last; empty for nothing
     */
    record Ended(int share, int status, String complaint) implements Packet {}

    /** The bytes that {@link #read} reads. */
    default byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            if (this instanceof Start start) {
                begin(out, 1);
                out.writeInt(start.words);
                out.writeInt(start.trial);
                out.writeUTF(start.side);
                out.writeInt(start.fork);
                out.writeInt(start.member);
                out.writeInt(start.members);
                out.writeLong(start.origin);
                out.write(start.earlier.getBytes(StandardCharsets.UTF_8));
            } else if (this instanceof Stop) {
                begin(out, 2);
            } else if (this instanceof Cancel) {
                begin(out, 3);
            } else if (this instanceof Go go) {
                begin(out, 4);
                out.writeLong(go.nanos);
            } else if (this instanceof Kill) {
                begin(out, 5);
            } else if (this instanceof Kept) {
                begin(out, 6);
            } else if (this instanceof Written written) {
                begin(out, 7);
                out.writeUTF(written.part);
                out.write(written.bytes);
            } else if (this instanceof Ended ended) {
                begin(out, 8);
                out.writeInt(ended.status);
                out.write(ended.complaint.getBytes(StandardCharsets.UTF_8));
            } else if (this instanceof Enough) {
                begin(out, 9);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void begin(DataOutputStream out, int kind) throws IOException {
        out.writeByte(kind);
        out.writeInt(share());
    }

    /** @throws IOException if these are the bytes of none */
    static Packet read(byte[] bytes, int offset, int length) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, offset, length));
        int kind = in.readByte();
        int share = in.readInt();
        return switch (kind) {
            case 1 ->
                new Start(
                        share,
                        in.readInt(),
                        in.readInt(),
                        in.readUTF(),
                        in.readInt(),
                        in.readInt(),
                        in.readInt(),
                        in.readLong(),
                        new String(in.readAllBytes(), StandardCharsets.UTF_8));
            case 2 -> new Stop(share);
            case 3 -> new Cancel(share);
            case 4 -> new Go(share, in.readLong());
            case 5 -> new Kill(share);
            case 6 -> new Kept(share);
            case 7 -> new Written(share, in.readUTF(), in.readAllBytes());
            case 8 -> new Ended(share, in.readInt(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            case 9 -> new Enough(share);
            default -> throw new IOException("a packet of kind " + kind);
        };
    }
}
