package io.inferometer.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PointLabelsTest {
    private final PointLabels labels = new PointLabels(0, 0, 400, 300);

    @Test
    void standsAboveToTheRight() {
        assertThat(labels.place(200, 150, "16")).isEqualTo(new PointLabels.Place(208, 144, "start"));
    }

    @Test
    void givesWayToAnotherLabel() {
        labels.place(200, 150, "16");

        assertThat(labels.place(201, 151, "32")).isEqualTo(new PointLabels.Place(193, 167, "end"));
    }

    @Test
    void givesWayToAnotherPoint() {
        labels.avoid(214, 140, 4.5);

        assertThat(labels.place(200, 150, "16")).isEqualTo(new PointLabels.Place(192, 166, "end"));
    }

    @Test
    void staysWithinThePlot() {
        assertThat(labels.place(395, 150, "16")).isEqualTo(new PointLabels.Place(387, 166, "end"));
        assertThat(labels.place(200, 5, "16")).isEqualTo(new PointLabels.Place(192, 21, "end"));
    }

    @Test
    void isPlacedEvenWhereThereIsNoRoom() {
        labels.avoid(200, 150, 200);

        assertThat(labels.place(200, 150, "16")).isEqualTo(new PointLabels.Place(208, 144, "start"));
    }
}
