package io.inferometer.report.file;

import io.inferometer.plan.Plan.ResultFile;
import io.inferometer.report.header.TrialHeader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Where a result goes: the file that was asked for, or one for each trial. */
public final class Destination {
    private final ResultFile asked;
    private final Function<TrialHeader, Path> ofTrial;
    private final boolean force;
    private final List<Path> written = new ArrayList<>();

    /**
     * @param asked the result as it was asked for
     * @param ofTrial the file of a trial, for formats that hold one
     * @param force whether files that exist are replaced
     */
    public Destination(ResultFile asked, Function<TrialHeader, Path> ofTrial, boolean force) {
        this.asked = asked;
        this.ofTrial = ofTrial;
        this.force = force;
    }

    /** The result as it was asked for. */
    public ResultFile asked() {
        return asked;
    }

    /** The files that have been written, or are, in their order. */
    public List<Path> written() {
        return List.copyOf(written);
    }

    /** Writes the file. */
    public void write(byte[] content) throws IOException {
        write(asked.path(), content);
    }

    /** Writes the file of a trial. */
    public void write(TrialHeader trial, byte[] content) throws IOException {
        write(ofTrial.apply(trial), content);
    }

    private void write(Path path, byte[] content) throws IOException {
        Replacement.write(path, content, force);
        written.add(path);
    }

    /** Makes the file, to be written bit by bit. */
    public BufferedWriter open() throws IOException {
        BufferedWriter file = Files.newBufferedWriter(
                asked.path(),
                StandardCharsets.UTF_8,
                force ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        written.add(asked.path());
        return file;
    }
}
