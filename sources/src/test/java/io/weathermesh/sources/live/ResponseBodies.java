package io.weathermesh.sources.live;

import java.net.URI;

/** Responses of the live sources for Berlin on a November morning, with invented values. */
final class ResponseBodies {
    static final String OPEN_METEO = """
            {"latitude":52.52,"longitude":13.42,"utc_offset_seconds":0,"timezone":"GMT","elevation":38.0,
             "current_units":{"time":"unixtime","interval":"seconds","temperature_2m":"°C","relative_humidity_2m":"%"},
             "current":{"time":1795413600,"interval":900,"temperature_2m":5.7,"relative_humidity_2m":81}}
            """;
    static final String MET_NORWAY = """
            {"type":"Feature","geometry":{"type":"Point","coordinates":[13.41,52.52,38]},"properties":{
             "meta":{"units":{"air_temperature":"celsius","relative_humidity":"%"}},"timeseries":[
             {"time":"2026-11-23T06:00:00Z","data":{"instant":{"details":{"air_temperature":6.1,"relative_humidity":79.5}}}},
             {"time":"2026-11-23T07:00:00Z","data":{"instant":{"details":{"air_temperature":6.7,"relative_humidity":76.5}}}},
             {"time":"2026-12-02T06:00:00Z","data":{"instant":{"details":{"air_temperature":1.0,"relative_humidity":90.0}}}}
            ]}}
            """;
    static final String METAR = """
            [{"icaoId":"EDDB","obsTime":1795413000,"temp":5,"dewp":3,"lat":52.362,"lon":13.501,"elev":48,
              "rawOb":"METAR EDDB 230550Z AUTO 23008KT 9999 OVC021 05/03 Q1012 NOSIG"},
             {"icaoId":"EDAZ","obsTime":1795413000,"temp":4,"dewp":null,"lat":52.5,"lon":13.4,"elev":40,"rawOb":""}]
            """;

    private ResponseBodies() {}

    /** The source that a request is for. */
    static String sourceOf(URI request) {
        return request.getPath().contains("metar")
                ? "awc-metar"
                : request.getPath().contains("weatherapi") ? "met-norway" : "open-meteo";
    }

    static String of(String source) {
        return switch (source) {
            case "open-meteo" -> OPEN_METEO;
            case "met-norway" -> MET_NORWAY;
            default -> METAR;
        };
    }
}
