package io.inferometer.record.journal;

import io.inferometer.record.AnswerTexts;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A journal read whole. */
final class ReadJournal implements JournalReader.Visitor {
    final List<Map<String, Object>> headers = new ArrayList<>();
    final List<IterationSpan> started = new ArrayList<>();
    final List<IterationSpan> ended = new ArrayList<>();
    final List<Map<String, Object>> healths = new ArrayList<>();
    final List<Map.Entry<String, Map<String, Object>>> overheads = new ArrayList<>();
    final List<RequestRecord> requests = new ArrayList<>();
    final List<AnswerTexts> unchecked = new ArrayList<>();
    JournalReader.Ending ending;

    static ReadJournal of(Path path) throws IOException {
        ReadJournal journal = new ReadJournal();
        journal.ending = JournalReader.read(path, journal);
        return journal;
    }

    /** Every field of every record, comparable by value. */
    static List<List<Object>> values(List<RequestRecord> requests) {
        return requests.stream().map(ReadJournal::values).toList();
    }

    private static List<Object> values(RequestRecord request) {
        return Arrays.stream(RequestRecord.class.getRecordComponents())
                .map(component -> value(request, component))
                .toList();
    }

    private static Object value(RequestRecord request, RecordComponent component) {
        try {
            Object value = component.getAccessor().invoke(request);
            if (value instanceof long[] times) {
                return LongBuffer.wrap(times);
            }
            if (value instanceof int[] counts) {
                return IntBuffer.wrap(counts);
            }
            return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void header(Map<String, Object> run) {
        headers.add(run);
    }

    @Override
    public void iterationStarted(IterationSpan span) {
        started.add(span);
    }

    @Override
    public void iterationEnded(IterationSpan span, Map<String, Object> health) {
        ended.add(span);
        healths.add(health);
    }

    @Override
    public void clientOverhead(int trial, int fork, Map<String, Object> overhead) {
        overheads.add(Map.entry(trial + "/" + fork, overhead));
    }

    @Override
    public void request(RequestRecord request) {
        requests.add(request);
    }

    @Override
    public void unchecked(RequestRecord request, AnswerTexts answer) {
        requests.add(request);
        unchecked.add(answer);
    }
}
