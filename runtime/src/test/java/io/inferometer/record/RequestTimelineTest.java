package io.inferometer.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RequestTimelineTest {
    @Test
    void ofManyUnknownTypesOfEventsSomeAreLeftOutAndNoneShowsAKey() {
        RequestTimeline timeline = new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, true, -1, -1, false));
        for (int i = 0; i < 30; i++) {
            timeline.unknownEvent("key " + i);
            timeline.unknownEvent("key 0");
        }
        timeline.end(Outcome.SUCCESS, "", 2);

        Map<String, Integer> told = timeline.toRecord(0, false, word -> word.replace("key", "***"))
                .form()
                .unknownEvents();

        assertThat(told).hasSize(10).containsEntry("*** 0", 31).containsEntry("*** 9", 1);
    }

    @Test
    void growsBeyondWhatWasExpected() {
        RequestTimeline timeline = timeline(4);

        for (int i = 0; i < 1_000; i++) {
            timeline.event(100 + i, Carried.CHOICES | Carried.CONTENT, 7_000 + i);
            timeline.text(bytes("word "), 0, 5);
        }

        RequestRecord record = record(timeline, true);
        assertThat(record.eventNanos()).isEqualTo(LongStream.range(100, 1_100).toArray());
        assertThat(record.serverEventNanos())
                .isEqualTo(LongStream.range(7_000, 8_000).toArray());
        assertThat(record.text()).isEqualTo("word ".repeat(1_000));
    }

    @Test
    void stampsOfTheServerMayBeginLate() {
        RequestTimeline timeline = timeline(4);
        timeline.event(1, Carried.CHOICES, RequestRecord.ABSENT);
        timeline.event(2, Carried.CHOICES, 50);
        timeline.event(3, Carried.CHOICES, RequestRecord.ABSENT);

        assertThat(record(timeline, false).serverEventNanos())
                .containsExactly(RequestRecord.ABSENT, 50, RequestRecord.ABSENT);
    }

    @Test
    void keepsNoTextThatNobodyNeeds() {
        RequestTimeline counted = timeline(4);
        counted.text(bytes("a"), 0, 1);
        counted.completionTokens(1);
        RequestTimeline uncounted = timeline(4);
        uncounted.text(bytes("a"), 0, 1);

        assertThat(record(counted, false).text()).isEmpty();
        assertThat(record(uncounted, false).text()).isEqualTo("a");
    }

    @Test
    void onlyTheFirstTokenBearingEventTellsHowManyTokensItHad() {
        RequestTimeline timeline = timeline(4);
        timeline.completionTokens(0);
        timeline.event(1, Carried.CHOICES | Carried.ROLE | Carried.USAGE, RequestRecord.ABSENT);
        timeline.completionTokens(20);
        timeline.event(2, Carried.CHOICES | Carried.CONTENT | Carried.USAGE, RequestRecord.ABSENT);
        timeline.completionTokens(40);
        timeline.event(3, Carried.CHOICES | Carried.CONTENT | Carried.USAGE, RequestRecord.ABSENT);

        assertThat(record(timeline, false).eventTokens()[1]).isEqualTo(20);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RequestTimeline timeline(int outputTokens) {
        return new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, true, Usage.ABSENT, outputTokens, false));
    }

    private static RequestRecord record(RequestTimeline timeline, boolean keepText) {
        timeline.end(Outcome.SUCCESS, "", 10_000);
        return timeline.toRecord(0, keepText, UnaryOperator.identity());
    }

    @Test
    void keepsTheStampOfAnAnswerInOneBody() {
        RequestTimeline timeline = new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, false, -1, -1, false));
        timeline.serverReceived(100);
        timeline.answered(0, 150);

        RequestRecord record = record(timeline, false);

        assertThat(record.serverReceivedNanos()).isEqualTo(100);
        assertThat(record.serverEventNanos()).containsExactly(150);
        assertThat(record.eventNanos()).isEmpty();
    }

    @Test
    void tellsTextAndReasoningApart() {
        RequestTimeline timeline = new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, true, -1, -1, false));
        timeline.reasoning(ascii("xLet me see"), 1, 11);
        timeline.reasoning(ascii(".\\n"), 0, 3);
        timeline.text(ascii("It is "), 0, 6);
        timeline.reasoning(ascii("Sure?"), 0, 5);
        timeline.text(ascii("42"), 0, 2);

        assertThat(timeline.visibleText()).isEqualTo("It is 42");
        assertThat(timeline.reasoning()).isEqualTo("Let me see.\nSure?");
        timeline.end(Outcome.SUCCESS, "", 1);
        assertThat(timeline.toRecord(0, true, text -> text).text()).isEqualTo("Let me see.\nIt is Sure?42");
    }

    @Test
    void aTimelineWithoutReasoningHasNone() {
        RequestTimeline timeline = new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, true, -1, -1, false));
        timeline.text(ascii("42"), 0, 2);

        assertThat(timeline.visibleText()).isEqualTo("42");
        assertThat(timeline.reasoning()).isEmpty();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
