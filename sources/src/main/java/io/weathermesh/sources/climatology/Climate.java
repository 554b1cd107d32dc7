package io.weathermesh.sources.climatology;

import io.weathermesh.sources.Reading;
import java.util.List;

/**
 * The twelve monthly means at a point.
 *
 * @param reading the point with its elevation, and the source, quality and uncertainty of the means; its values and its
 *     observe time describe no month
 * @param temperatures twelve means, January first, degrees Celsius
 * @param humidities twelve means, January first, percent
 */
public record Climate(Reading reading, List<Double> temperatures, List<Double> humidities) {}
