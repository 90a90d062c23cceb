package io.inferometer.record.journal;

import io.inferometer.record.AnswerTexts;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.journal.part.JournalFile;
import io.inferometer.record.journal.part.PartedFile;
import io.inferometer.record.journal.part.Parts;
import io.inferometer.record.server.ServerRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps what happened in a run on disk while it happens: a file of JSON lines that {@link JournalReader} reads back.
 *
 * <ul>
 *   <li>The first line is the header: the schema's version and whatever describes the run.
 *   <li>A line when an iteration starts and when it ends, one for each request that ended, one for what the check of its
 *       answer found where there is a check, and one for what the client itself added to the latencies of a trial.
 *   <li>A line for each reading of a page of metrics of a trial's server, and one for what the server is.
 *   <li>The journal of a search has a line for what was asked, and one for each trial that it came to.
 *   <li>The journal of a job of the Batch API has a line for each thing that happened with the job instead.
 *   <li>The last line says whether the run is complete. A journal without it was cut off.
 * </ul>
 *
 * <p>One that gets longer than 64 MiB goes on in parts, beside it and of its name with {@code .1} and on behind it: a line says
 * where each comes, and one that is closed is packed, {@code .1.gz}. All the lines that are no requests' may be in parts too, but
 * for the first and the last one. The journal is read with its parts wherever it is read.
 *
 * <p>Lines are collected and written 64 KiB at a time, or by {@link #flush}. The first write that fails, be it for a full
 * disk, is the last one: what was written until then stays readable, but for a torn last line, and every later call but
 * {@link #close} throws that failure again. A file that is deleted or moved meanwhile is such a failure too; what it held is
 * then in a file of the directory for temporary ones, which the message names.
 *
 * <p>Not for use by several threads.
 */
public final class Journal implements AutoCloseable {
    private static final long WAIT_MILLIS = 20;

    private final String name;
    private final LineWriter lines;
    private final Supplier<InputStream> content;
    private final LineWriter.Writing partEnd;
    private boolean closed;

    /** One that can't be read back. */
    Journal(String name, WritableByteChannel file) {
        this(name, new LineWriter(name, file, remedy(name)), InputStream::nullInputStream, () -> {});
    }

    private Journal(Path path, PartedFile file) {
        this(path, file, remedy(path.toString()));
    }

    private Journal(Path path, PartedFile file, String remedy) {
        this(path.toString(), new LineWriter(path.toString(), file, remedy), file::content, file::end);
    }

    private Journal(String name, LineWriter lines, Supplier<InputStream> content, LineWriter.Writing partEnd) {
        this.name = name;
        this.lines = lines;
        this.content = content;
        this.partEnd = partEnd;
    }

    private static String remedy(String name) {
        return "; what was written so far stays: report " + name + " shows it, --resume " + name
                + " goes on with the run";
    }

    /** One whose lines are made and thrown away, for a load that is to cost what a run's does. */
    public static Journal discarding() {
        return new Journal("nowhere", Channels.newChannel(OutputStream.nullOutputStream()));
    }

    /**
     * Starts a journal; its header is on disk when this returns.
     *
     * @param path the file, which must not exist
     * @param run what describes the run: a map of text, numbers, booleans, lists and maps, kept as it is
     * @param force whether a file that exists is replaced, unless a run still writes it
     * @throws JournalException where that can't be
     */
    public static Journal create(Path path, Map<String, Object> run, boolean force) throws JournalException {
        return create(path, run, force, PartedFile.USUAL_BYTES);
    }

    /**
     * Starts the journal that a fork keeps until its run has copied it: who is told that it can't be written can neither
     * report it nor go on with it.
     *
     * @param path as of {@link #create}
     * @param run as of {@link #create}
     * @param force as of {@link #create}
     * @throws JournalException where that can't be
     */
    public static Journal ofFork(Path path, Map<String, Object> run, boolean force) throws JournalException {
        HeaderLine header = new HeaderLine(run);
        return begin(
                new Journal(path, open(path, force, seams(LineWriter.bytes(header)), PartedFile.USUAL_BYTES), ""),
                path,
                header,
                force,
                "");
    }

    /** The same with a file, and parts, of another length. */
    static Journal create(Path path, Map<String, Object> run, boolean force, long partBytes) throws JournalException {
        HeaderLine header = new HeaderLine(run);
        return begin(
                new Journal(path, open(path, force, seams(LineWriter.bytes(header)), partBytes)),
                path,
                header,
                force,
                "; --journal FILE writes it elsewhere");
    }

    private static Journal begin(Journal journal, Path path, HeaderLine header, boolean force, String remedy)
            throws JournalException {
        try {
            journal.lines.add(header);
            journal.flush();
            return journal;
        } catch (UncheckedIOException e) {
            journal.close();
            if (!force) {
                deleteEmpty(path);
            }
            throw new JournalException(
                    "can't write the journal " + path + ": " + LineWriter.reason(e.getCause()) + remedy, e);
        }
    }

    /** Parts begin with the header: each is a journal by itself, if one that was cut off. */
    private static PartedFile.Seams seams(byte[] header) {
        return new PartedFile.Seams(
                header, name -> LineWriter.bytes(new PartLine(name)), LineWriter.bytes(PartLine.END));
    }

    /**
     * Goes on with the journal of a run that was interrupted: what it holds stays, but for a closing line, a torn last
     * line, and requests that were given up, whose places are free again. The file, and each part that is not as it should be,
     * is replaced as a whole.
     *
     * @throws IOException where it can't be read or replaced; the message names it
     */
    public static Journal resume(Path path) throws IOException {
        return resume(path, PartedFile.USUAL_BYTES);
    }

    static Journal resume(Path path, long partBytes) throws IOException {
        for (Path part : JournalReader.parts(path)) {
            resumePart(part);
        }
        Path kept = path.resolveSibling(path.getFileName() + ".resuming");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(kept))) {
            JournalReader.copyUnfinished(path, out);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(kept);
            throw e;
        }
        Files.move(kept, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        JournalFile file = new JournalFile(path, StandardOpenOption.WRITE, StandardOpenOption.READ);
        file.toEnd();
        byte[] header = LineWriter.bytes(new HeaderLine(JournalReader.header(path, file.content())));
        return new Journal(path, new PartedFile(path, file, seams(header), partBytes));
    }

    /** Packs a part that is not, and leaves out of it what has no place in a run that goes on. */
    private static void resumePart(Path part) throws IOException {
        Path packing = Parts.packing(part);
        Files.deleteIfExists(packing);
        boolean whole;
        try (OutputStream out = Parts.write(packing)) {
            whole = JournalReader.copyUnfinished(part, out);
            out.write(LineWriter.bytes(PartLine.END));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(packing);
            throw e;
        }
        if (whole && Files.notExists(part)) {
            Files.delete(packing);
        } else {
            Files.move(
                    packing, Parts.packed(part), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(part);
        }
    }

    /** Deletes a journal, and its parts. */
    public static void delete(Path path) throws IOException {
        List<Path> parts = parts(path);
        Files.deleteIfExists(path);
        for (Path part : parts) {
            Parts.delete(part);
        }
    }

    /** The parts of a file that is in the way: those that it says it has, by names that a part of it has. */
    private static List<Path> parts(Path path) {
        try {
            return JournalReader.parts(path).stream()
                    .filter(part -> Parts.isOf(path, part))
                    .toList();
        } catch (IOException e) {
            return List.of(); // No journal has any.
        }
    }

    /**
     * Waits until no process writes to a journal any more. It has to look again and again: nothing tells of a lock that is
     * given back, and waiting for the lock itself has no limit.
     *
     * @return false if one still does after that time
     */
    public static boolean awaitWriter(Path path, Duration atMost) throws IOException, InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        while (JournalFile.written(path)) {
            if (System.nanoTime() - until >= 0) {
                return false;
            }
            Thread.sleep(WAIT_MILLIS);
        }
        return true;
    }

    /**
     * Reads what has been added so far. The file is not opened for that: once a process closes a file, the system forgets
     * that the same process still writes it.
     *
     * @throws IOException as {@link JournalReader#read(Path, JournalReader.Visitor)} does
     */
    public void read(JournalReader.Visitor visitor) throws IOException {
        flush();
        JournalReader.read(Path.of(name), content.get(), visitor);
    }

    /** Says that an iteration started; its end is not known yet. */
    public void iterationStarted(IterationSpan span) {
        lines.add(new IterationLine(span, Map.of()));
    }

    /**
     * Says that an iteration and all its requests ended.
     *
     * @param health how the client was meanwhile: a map like that of the header, kept as it is; empty where nobody looked
     */
    public void iterationEnded(IterationSpan span, Map<String, Object> health) {
        lines.add(new IterationLine(span, health));
    }

    /**
     * Says what the client itself added to the latencies of a trial.
     *
     * @param overhead a map like that of the header, kept as it is
     */
    public void clientOverhead(int trial, int fork, Map<String, Object> overhead) {
        lines.add(new OverheadLine(trial, fork, overhead));
        flush();
    }

    /** Adds what a reader should know of how the requests of a trial were made. */
    public void note(int trial, int fork, String text) {
        lines.add(new NoteLine(trial, fork, text));
    }

    /**
     * Says what happened with a job of the Batch API; it is on disk when this returns.
     *
     * @param what it was, in a word
     * @param fields a map like that of the header, kept as it is
     */
    public void batch(String what, Map<String, Object> fields) {
        lines.add(new TellingLine(TellingLine.Of.BATCH, what, fields));
        flush();
    }

    /**
     * Says something of a search: what was asked, or a trial that it has come to; it is on disk when this returns.
     *
     * @param what it is, in a word
     * @param fields a map like that of the header, kept as it is
     */
    public void search(String what, Map<String, Object> fields) {
        lines.add(new TellingLine(TellingLine.Of.SEARCH, what, fields));
        flush();
    }

    /**
     * Says something of a member of a run; it is on disk when this returns.
     *
     * @param what it is, in a word
     * @param fields a map like that of the header, kept as it is
     */
    public void member(String what, Map<String, Object> fields) {
        lines.add(new TellingLine(TellingLine.Of.MEMBER, what, fields));
        flush();
    }

    /** Says what was learnt of the server of a trial. */
    public void server(int trial, int fork, ServerRecord learnt) {
        lines.add(new ServerLine(trial, fork, learnt));
    }

    /** Adds a request that ended. An answer's text that would make its line too long to be read is left out. */
    public void append(RequestRecord request) {
        lines.add(new RequestLine(request, null, true));
    }

    /** The same of a request whose answer is yet to be checked; what it said is kept for whoever has to check it again. */
    public void append(RequestRecord request, AnswerTexts answer) {
        lines.add(new RequestLine(request, answer, true));
    }

    /** Says what the check of a request found that was added unchecked. */
    public void checked(RequestRecord request) {
        lines.add(CheckLine.of(request));
    }

    /** Says how a session ended, behind its requests. */
    public void sessionEnded(SessionRecord session) {
        lines.add(new SessionLine(session));
    }

    /** Hands everything added so far to the operating system. */
    public void flush() {
        lines.flush();
    }

    /**
     * Writes the closing line and closes the file.
     *
     * @param complete whether the run did all that it was meant to
     * @param reason why it did not, on one line; empty for a complete run
     */
    public void close(boolean complete, String reason) {
        if (closed) {
            return;
        }
        try {
            if (!lines.failed()) {
                lines.endPart(partEnd);
                lines.add(new EndLine(complete, reason));
                flush();
            }
        } finally {
            close();
        }
    }

    /** Closes the file without a closing line: the run was cut off. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            lines.close();
        }
    }

    private static PartedFile open(Path path, boolean force, PartedFile.Seams seams, long partBytes)
            throws JournalException {
        try {
            List<Path> replaced = force && Files.exists(path) ? parts(path) : List.of();
            JournalFile file = force
                    ? JournalFile.replacing(path)
                    : new JournalFile(
                            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ);
            for (Path part : replaced) {
                Parts.delete(part);
            }
            return new PartedFile(path, file, seams, partBytes);
        } catch (FileAlreadyExistsException e) {
            throw new JournalException(
                    "the journal " + path + " exists already; --force replaces it, --journal FILE names another", e);
        } catch (NoSuchFileException e) {
            Path parent = path.toAbsolutePath().getParent();
            throw new JournalException("can't write the journal " + path + ": there is no directory " + parent, e);
        } catch (IOException e) {
            String why = Files.isDirectory(path) ? "it is a directory" : LineWriter.reason(e);
            throw new JournalException("can't write the journal " + path + ": " + why, e);
        }
    }

    /** One without even a header would only be in the way of the next run. */
    private static void deleteEmpty(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // That it can't be written is what counts.
        }
    }
}
