package io.inferometer.report.chart;

import java.util.ArrayList;
import java.util.List;

/** Finds room for the labels of points: beside each, away from the other points and labels. */
final class PointLabels {
    private static final double CHARACTER = 7;
    private static final double ASCENT = 10;
    private static final double DESCENT = 3;

    private final Box plot;
    private final List<Box> taken = new ArrayList<>();

    PointLabels(double left, double top, double right, double bottom) {
        plot = new Box(left, top, right, bottom);
    }

    /** Where a label's text goes, and which end of it is there. */
    record Place(double x, double y, String anchor) {}

    /** Keeps labels away from a point. */
    void avoid(double x, double y, double radius) {
        taken.add(new Box(x - radius, y - radius, x + radius, y + radius));
    }

    /** The first place around a point where nothing else is; above to the right if there is none. */
    Place place(double x, double y, String label) {
        double width = label.length() * CHARACTER;
        List<Place> places = List.of(
                new Place(x + 8, y - 6, "start"),
                new Place(x - 8, y + 16, "end"),
                new Place(x + 8, y + 16, "start"),
                new Place(x - 8, y - 6, "end"),
                new Place(x, y - 11, "middle"),
                new Place(x, y + 21, "middle"),
                new Place(x + 12, y + 4, "start"),
                new Place(x - 12, y + 4, "end"));
        for (Place place : places) {
            Box box = box(place, width);
            if (box.within(plot) && taken.stream().noneMatch(box::overlaps)) {
                taken.add(box);
                return place;
            }
        }
        taken.add(box(places.get(0), width));
        return places.get(0);
    }

    private static Box box(Place place, double width) {
        double left = switch (place.anchor()) {
            case "end" -> place.x() - width;
            case "middle" -> place.x() - width / 2;
            default -> place.x();
        };
        return new Box(left, place.y() - ASCENT, left + width, place.y() + DESCENT);
    }

    private record Box(double left, double top, double right, double bottom) {
        boolean overlaps(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }

        boolean within(Box other) {
            return left >= other.left && right <= other.right && top >= other.top && bottom <= other.bottom;
        }
    }
}
