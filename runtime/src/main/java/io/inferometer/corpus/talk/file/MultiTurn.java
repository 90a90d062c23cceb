package io.inferometer.corpus.talk.file;

import io.inferometer.corpus.talk.Delay;
import io.inferometer.corpus.talk.Given;
import io.inferometer.corpus.talk.RecordedSession;
import io.inferometer.corpus.talk.RecordedTurn;
import io.inferometer.corpus.talk.Utterance;
import io.inferometer.corpus.talk.json.Entry;
import io.inferometer.corpus.talk.json.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * AIPerf's multi_turn: {@code {session_id, turns: [single_turn …]}}. A turn's {@code delay} runs from the end of the answer
 * before it; where turns have a {@code timestamp} instead, from the moment at which the turn before was sent.
 */
final class MultiTurn implements EntrySessions.Reading {
    private static final long MILLIS = TimeUnit.MILLISECONDS.toNanos(1);

    @Override
    public Optional<RecordedSession> session(Entry entry) {
        Fields fields = entry.fields().ignoring("type");
        String id = fields.text("session_id").orElse("line " + entry.line());
        List<Fields> declared = fields.someObjects("turns");
        fields.end();
        List<Utterance> ahead = new ArrayList<>();
        List<RecordedTurn> turns = new ArrayList<>();
        Optional<Duration> first = Optional.empty();
        Optional<Duration> last = Optional.empty();
        for (Fields turn : declared) {
            Optional<Duration> time = turn.time("timestamp", MILLIS);
            Utterance message = message(turn, turns.isEmpty() && ahead.isEmpty());
            RecordedTurn made = turn(turn, message, ahead);
            turn.end();
            if (Utterances.system(message)) {
                ahead.add(message);
                continue;
            }
            if (turns.isEmpty()) {
                first = time;
            } else if (time.isPresent()) {
                made = made.delayed(since(turn, last, time.get()));
            }
            last = time;
            turns.add(made);
            ahead.clear();
        }
        if (turns.isEmpty()) {
            throw fields.bad("turns", "holds nothing but a system message");
        }
        return Optional.of(new RecordedSession(id, entry.line(), first, List.of(), turns));
    }

    private static RecordedTurn turn(Fields turn, Utterance message, List<Utterance> ahead) {
        if (turn.has("timestamp") && turn.has("delay")) {
            throw turn.bad("delay", "and timestamp exclude each other");
        }
        List<Utterance> asked = new ArrayList<>(ahead);
        asked.add(message);
        Map<String, String> extra = new LinkedHashMap<>();
        turn.value("model").ifPresent(model -> extra.put("model", model.toString()));
        turn.object("extra").ifPresent(object -> extra.putAll(object.all()));
        return RecordedTurn.of(new Given.Appended(asked))
                .lengths(OptionalInt.empty(), turn.whole("output_length", 1))
                .fields(extra)
                .delayed(Delay.afterAnswer(turn.time("delay", MILLIS).orElse(Duration.ZERO)));
    }

    private static Delay since(Fields turn, Optional<Duration> last, Duration time) {
        if (last.isEmpty()) {
            throw turn.bad("timestamp", "stands in a turn behind one that has none");
        }
        if (time.compareTo(last.get()) < 0) {
            throw turn.bad("timestamp", "is " + time.toMillis() + " ms, before that of the turn ahead of it");
        }
        return new Delay(time.minus(last.get()), Delay.From.TURN);
    }

    private static Utterance message(Fields turn, boolean first) {
        String role = turn.ignoring("type", "session_id").text("role").orElse("user");
        List<String> texts = new ArrayList<>(turn.texts("texts"));
        turn.text("text").ifPresent(text -> {
            if (!texts.isEmpty()) {
                throw turn.bad("text", "and texts exclude each other");
            }
            texts.add(text);
        });
        List<String> images = new ArrayList<>(turn.texts("images"));
        turn.text("image").ifPresent(images::add);
        if (texts.isEmpty() && images.isEmpty()) {
            throw turn.bad("it has neither text, texts, image nor images");
        }
        if (role.equals("system") && !(first && images.isEmpty())) {
            throw turn.bad("role", "is the system, which has its say in the first turn, by text, or not at all");
        }
        List<Utterance.Part> parts = new ArrayList<>();
        texts.forEach(text -> parts.add(new Utterance.Text(text)));
        for (String image : images) {
            if (!image.matches("(https?|data):.*")) {
                throw turn.bad("image", "is '" + image + "', not an http, https or data address");
            }
            parts.add(new Utterance.Image(image));
        }
        return new Utterance(role, parts);
    }
}
