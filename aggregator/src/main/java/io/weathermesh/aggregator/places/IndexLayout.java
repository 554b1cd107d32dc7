package io.weathermesh.aggregator.places;

/** The file format of an index: the build writes it, the gateway reads it. */
public final class IndexLayout {
    /** Changes with the layout, so that no reader misinterprets another layout. */
    public static final int MAGIC = 0x574d5031;

    /** Coordinates are whole numbers of this unit, 11 meters. */
    public static final double UNITS_PER_DEGREE = 10_000;

    /** A value that is absent. */
    public static final int NONE = -1;

    public static final int NO_ELEVATION = Short.MIN_VALUE;

    /** Names in a block of a dictionary. Longer blocks are smaller, but slower to read. */
    public static final int NAMES_PER_BLOCK = 16;

    public static final int MAX_NAME_LENGTH = 255;

    /** Rows of the grid, one degree of latitude each. */
    public static final int GRID_ROWS = 180;

    /** Columns of the grid, one degree of longitude each. */
    public static final int GRID_COLUMNS = 360;

    /** The sections of a file, in their order. */
    public enum Section {
        NAMES,
        CODES,
        REGION_NAMES,
        COUNTRY_NAMES,
        PLACES,
        TEXTS,
        REGIONS,
        COUNTRIES,
        ZONES,
        LISTS,
        GRID
    }

    private IndexLayout() {}

    static int row(double latitude) {
        return (int) Math.max(0, Math.min(GRID_ROWS - 1, Math.floor(latitude + 90)));
    }

    static int column(double longitude) {
        return Math.floorMod((int) Math.floor(longitude + 180), GRID_COLUMNS);
    }

    /** The cell of the grid that contains coordinates; places are numbered along the cells. */
    public static int cell(double latitude, double longitude) {
        return row(latitude) * GRID_COLUMNS + column(longitude);
    }
}
