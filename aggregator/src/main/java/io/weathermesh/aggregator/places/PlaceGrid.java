package io.weathermesh.aggregator.places;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;

/**
 * Finds the places nearest to coordinates. Places are numbered along cells of one by one degree, and the grid knows the
 * first number of each; a search goes outwards, frame by frame, until nothing nearer can come. Immutable.
 */
final class PlaceGrid {
    static final int ROWS = 180;
    static final int COLUMNS = 360;

    private final Bytes starts;
    private final PlaceTable table;

    PlaceGrid(Bytes starts, PlaceTable table) {
        this.starts = starts;
        this.table = table;
    }

    static int row(double latitude) {
        return (int) Math.max(0, Math.min(ROWS - 1, Math.floor(latitude + 90)));
    }

    static int column(double longitude) {
        return Math.floorMod((int) Math.floor(longitude + 180), COLUMNS);
    }

    static int cell(double latitude, double longitude) {
        return row(latitude) * COLUMNS + column(longitude);
    }

    private record Near(int place, double kilometers) {
        static final Comparator<Near> FARTHEST_FIRST = Comparator.comparingDouble(Near::kilometers)
                .thenComparingInt(Near::place)
                .reversed();
    }

    /** The numbers of the nearest places of those that are wanted, nearest first. */
    List<Integer> nearest(double latitude, double longitude, IntPredicate wanted, int limit) {
        Search search = new Search(latitude, longitude, wanted, limit, new PriorityQueue<>(Near.FARTHEST_FIRST));
        for (int frame = 0; frame < COLUMNS / 2 + 1; frame++) {
            if (search.isFull() && search.farthest() <= leastKilometers(latitude, frame)) {
                break;
            }
            searchFrame(search, frame);
        }
        return search.best.stream()
                .sorted(Near.FARTHEST_FIRST.reversed())
                .map(Near::place)
                .toList();
    }

    /** How far all cells of a frame and beyond are at least: by latitude, or across to the meridian that bounds them. */
    private static double leastKilometers(double latitude, int frame) {
        double degrees = Math.max(0, frame - 1);
        double alongMeridian = Math.toRadians(degrees);
        double toPole = Math.toRadians(90 - Math.abs(latitude));
        double toMeridian = degrees >= 90 ? toPole : Math.asin(Math.sin(toPole) * Math.sin(Math.toRadians(degrees)));
        return Distance.EARTH_RADIUS_KM * Math.min(alongMeridian, toMeridian);
    }

    private void searchFrame(Search search, int frame) {
        int row = row(search.latitude);
        int column = column(search.longitude);
        for (int down = -frame; down <= frame; down++) {
            if (row + down < 0 || row + down >= ROWS || search.isFartherThan(Math.abs(down) - 1)) {
                continue;
            }
            boolean edge = Math.abs(down) == frame;
            // The last frame meets itself on the other side of the Earth.
            int right = frame == COLUMNS / 2 ? -frame : frame;
            for (int across = -frame; across <= right; across += edge ? 1 : 2 * frame) {
                searchCell(search, (row + down) * COLUMNS + Math.floorMod(column + across, COLUMNS));
            }
        }
    }

    private void searchCell(Search search, int cell) {
        int end = starts.intAt(4 * (cell + 1));
        for (int place = starts.intAt(4 * cell); place < end; place++) {
            if (search.wanted.test(place)) {
                search.add(place, table.latitude(place), table.longitude(place));
            }
        }
    }

    /** One search with the best that it has found. */
    private record Search(double latitude, double longitude, IntPredicate wanted, int limit, PriorityQueue<Near> best) {
        boolean isFull() {
            return best.size() == limit;
        }

        double farthest() {
            return best.element().kilometers();
        }

        /** Whether nothing so many degrees of latitude away can be among the best. */
        boolean isFartherThan(int degrees) {
            return isFull() && farthest() < Distance.EARTH_RADIUS_KM * Math.toRadians(degrees);
        }

        void add(int place, double itsLatitude, double itsLongitude) {
            double kilometers = Distance.kilometers(latitude, longitude, itsLatitude, itsLongitude);
            if (!isFull() || kilometers < farthest()) {
                best.add(new Near(place, kilometers));
                if (best.size() > limit) {
                    best.remove();
                }
            }
        }
    }
}
