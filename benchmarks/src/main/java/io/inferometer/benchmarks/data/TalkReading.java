package io.inferometer.benchmarks.data;

import io.inferometer.corpus.talk.RecordedSession;
import io.inferometer.corpus.talk.file.TalkFile;
import io.inferometer.corpus.talk.file.TalkSettings;
import io.inferometer.corpus.talk.made.MadeTalks;
import io.inferometer.corpus.talk.made.Spread;
import io.inferometer.workload.NextTurn;
import io.inferometer.workload.TurnContext;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** The sessions of a file in their order, read as they are asked for, and those that are played. For several threads. */
final class TalkReading implements Closeable {
    private static final MadeTalks MADE_UP = new MadeTalks(
            100,
            new Spread.Uniform(4, 12),
            new Spread.Constant(200),
            new Spread.Constant(0),
            new Spread.Uniform(20, 400),
            new Spread.Uniform(20, 200));

    private final Path file;
    private final TalkSettings settings;
    private final long rounds;
    private final BiFunction<RecordedSession, Long, Playing> play;
    private final Map<Long, Playing> live = new ConcurrentHashMap<>();
    private Optional<TalkFile> talks;
    private long next;
    private long round = 1;
    private int madeUp;

    /**
     * @param file empty for conversations that are made up
     * @param rounds how many times the file is played; 0 without end
     * @param play begins a session by its number
     */
    TalkReading(String file, TalkSettings settings, long rounds, BiFunction<RecordedSession, Long, Playing> play)
            throws IOException {
        this.file = Path.of(file);
        this.settings = settings;
        this.rounds = rounds;
        this.play = play;
        this.talks = file.isEmpty() ? Optional.empty() : Optional.of(TalkFile.open(this.file, settings));
    }

    /** What comes next in a session; its end ahead of a first turn where the file has no more. */
    NextTurn next(TurnContext turn) throws IOException {
        Playing playing = live.get(turn.session());
        if (playing == null) {
            Optional<RecordedSession> session = get(turn.session());
            if (session.isEmpty()) {
                return NextTurn.end();
            }
            playing = play.apply(session.get(), turn.session());
            live.put(turn.session(), playing);
        }
        NextTurn next = playing.next(turn);
        if (next instanceof NextTurn.End) {
            live.remove(turn.session());
        }
        return next;
    }

    /** The session of a number; those before it that were not asked for are passed over. */
    private synchronized Optional<RecordedSession> get(long number) throws IOException {
        Optional<RecordedSession> session = Optional.empty();
        while (next <= number) {
            session = read();
            if (session.isEmpty()) {
                return session;
            }
            next++;
        }
        return session;
    }

    private Optional<RecordedSession> read() throws IOException {
        if (talks.isEmpty()) {
            return madeUp < MADE_UP.count() || rounds == 0
                    ? Optional.of(MADE_UP.get(madeUp++, 0, settings.seed()))
                    : Optional.empty();
        }
        Optional<RecordedSession> session = talks.get().next();
        if (session.isEmpty() && (rounds == 0 || round < rounds)) {
            round++;
            talks.get().close();
            talks = Optional.of(TalkFile.open(file, settings));
            session = talks.get().next();
        }
        return session;
    }

    /** What there is to be told of the file, a line each. */
    synchronized List<String> notes() {
        if (talks.isEmpty()) {
            return List.of();
        }
        long silent = talks.get().silent();
        String passedOver = silent == 0
                ? ""
                : String.format("in %,d entries of %s nobody is asked anything: they are passed over", silent, file);
        return List.of(talks.get().skipped(), passedOver).stream()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Override
    public synchronized void close() throws IOException {
        if (talks.isPresent()) {
            talks.get().close();
        }
    }
}
