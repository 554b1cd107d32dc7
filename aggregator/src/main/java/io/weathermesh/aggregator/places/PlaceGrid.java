package io.weathermesh.aggregator.places;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;

/**
 * Finds the places nearest to coordinates. Places are numbered along the cells of a grid, which has the first number of each
 * cell. A search proceeds outwards, frame by frame, until no nearer place is possible. Immutable.
 */
final class PlaceGrid {
    private final Bytes starts;
    private final PlaceTable table;

    PlaceGrid(Bytes starts, PlaceTable table) {
        this.starts = starts;
        this.table = table;
    }

    private record Near(int place, double kilometers) {
        static final Comparator<Near> FARTHEST_FIRST = Comparator.comparingDouble(Near::kilometers)
                .thenComparingInt(Near::place)
                .reversed();
    }

    /** The numbers of the nearest accepted places, nearest first. */
    List<Integer> nearest(double latitude, double longitude, IntPredicate accepted, int limit) {
        Search search = new Search(latitude, longitude, accepted, limit, new PriorityQueue<>(Near.FARTHEST_FIRST));
        for (int frame = 0; frame < IndexLayout.GRID_COLUMNS / 2 + 1; frame++) {
            if (search.isFull() && search.farthest() <= minKilometers(latitude, frame)) {
                break;
            }
            searchFrame(search, frame);
        }
        return search.nearest.stream()
                .sorted(Near.FARTHEST_FIRST.reversed())
                .map(Near::place)
                .toList();
    }

    /** The minimum distance of a frame and all beyond it: by latitude, or to the meridian that bounds them. */
    private static double minKilometers(double latitude, int frame) {
        double degrees = Math.max(0, frame - 1);
        double alongMeridian = Math.toRadians(degrees);
        double toPole = Math.toRadians(90 - Math.abs(latitude));
        double toMeridian = degrees >= 90 ? toPole : Math.asin(Math.sin(toPole) * Math.sin(Math.toRadians(degrees)));
        return Distance.EARTH_RADIUS_KM * Math.min(alongMeridian, toMeridian);
    }

    private void searchFrame(Search search, int frame) {
        int row = IndexLayout.row(search.latitude);
        int column = IndexLayout.column(search.longitude);
        for (int down = -frame; down <= frame; down++) {
            if (row + down < 0 || row + down >= IndexLayout.GRID_ROWS || search.isFartherThan(Math.abs(down) - 1)) {
                continue;
            }
            boolean edge = Math.abs(down) == frame;
            // The last frame touches itself on the other side of the Earth.
            int right = frame == IndexLayout.GRID_COLUMNS / 2 ? -frame : frame;
            for (int across = -frame; across <= right; across += edge ? 1 : 2 * frame) {
                searchCell(
                        search,
                        (row + down) * IndexLayout.GRID_COLUMNS
                                + Math.floorMod(column + across, IndexLayout.GRID_COLUMNS));
            }
        }
    }

    private void searchCell(Search search, int cell) {
        int end = starts.intAt(4 * (cell + 1));
        for (int place = starts.intAt(4 * cell); place < end; place++) {
            if (search.accepted.test(place)) {
                search.add(place, table.latitude(place), table.longitude(place));
            }
        }
    }

    /** One search with the nearest places so far. */
    private record Search(
            double latitude, double longitude, IntPredicate accepted, int limit, PriorityQueue<Near> nearest) {
        boolean isFull() {
            return nearest.size() == limit;
        }

        double farthest() {
            return nearest.element().kilometers();
        }

        /** Whether no place this many degrees of latitude away can be among the nearest. */
        boolean isFartherThan(int degrees) {
            return isFull() && farthest() < Distance.EARTH_RADIUS_KM * Math.toRadians(degrees);
        }

        void add(int place, double itsLatitude, double itsLongitude) {
            double kilometers = Distance.kilometers(latitude, longitude, itsLatitude, itsLongitude);
            if (!isFull() || kilometers < farthest()) {
                nearest.add(new Near(place, kilometers));
                if (nearest.size() > limit) {
                    nearest.remove();
                }
            }
        }
    }
}
