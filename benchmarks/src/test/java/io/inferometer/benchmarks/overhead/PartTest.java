package io.inferometer.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartTest {
    @Test
    void namesArePartsAndNoTwoAreTheSame() {
        assertThat(Part.all()).extracting(Part::name).doesNotHaveDuplicates().contains("streams-1000", "start");
        assertThat(Part.some()).extracting(Part::name).doesNotHaveDuplicates();
    }
}
