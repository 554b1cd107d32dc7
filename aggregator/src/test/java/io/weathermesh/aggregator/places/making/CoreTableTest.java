package io.weathermesh.aggregator.places.making;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.aggregator.places.Countries;
import io.weathermesh.aggregator.places.Place;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A table written by hand has mistakes of the hand; these find them. */
class CoreTableTest {
    /** Territories without a permanent population of note, or whose weather is asked for by coordinates. */
    private static final Set<String> WITHOUT_A_PLACE = Set.of(
            "AI", "AX", "BL", "BQ", "BV", "CC", "CX", "GG", "GP", "GS", "HM", "IM", "IO", "JE", "KY", "MF", "MP", "MQ",
            "MS", "NF", "NU", "PM", "PN", "SX", "TC", "TF", "TK", "UM", "VG", "VI", "WF", "YT");

    private static final Instant JANUARY = Instant.parse("2026-01-15T12:00:00Z");

    /** By the code of their country. */
    private static final String CAPITALS = """
            AF Kabul, AL Tirana, DZ Algiers, AD Andorra la Vella, AO Luanda, AG Saint John's, AR Buenos Aires, AM Yerevan,
            AU Canberra, AT Vienna, AZ Baku, BS Nassau, BH Manama, BD Dhaka, BB Bridgetown, BY Minsk, BE Brussels, BZ Belmopan,
            BJ Porto-Novo, BT Thimphu, BO Sucre, BO La Paz, BA Sarajevo, BW Gaborone, BR Brasília, BN Bandar Seri Begawan, BG Sofia,
            BF Ouagadougou, BI Gitega, CV Praia, KH Phnom Penh, CM Yaoundé, CA Ottawa, CF Bangui, TD N'Djamena, CL Santiago,
            CN Beijing, CO Bogotá, KM Moroni, CG Brazzaville, CD Kinshasa, CR San José, CI Yamoussoukro, HR Zagreb, CU Havana,
            CY Nicosia, CZ Prague, DK Copenhagen, DJ Djibouti, DM Roseau, DO Santo Domingo, EC Quito, EG Cairo, SV San Salvador,
            GQ Malabo, ER Asmara, EE Tallinn, SZ Mbabane, ET Addis Ababa, FJ Suva, FI Helsinki, FR Paris, GA Libreville, GM Banjul,
            GE Tbilisi, DE Berlin, GH Accra, GR Athens, GD St. George's, GT Guatemala City, GN Conakry, GW Bissau, GY Georgetown,
            HT Port-au-Prince, HN Tegucigalpa, HU Budapest, IS Reykjavík, IN New Delhi, ID Jakarta, IR Tehran, IQ Baghdad, IE Dublin,
            IL Jerusalem, IT Rome, JM Kingston, JP Tokyo, JO Amman, KZ Astana, KE Nairobi, KI South Tarawa, KP Pyongyang, KR Seoul,
            XK Pristina, KW Kuwait City, KG Bishkek, LA Vientiane, LV Riga, LB Beirut, LS Maseru, LR Monrovia, LY Tripoli, LI Vaduz,
            LT Vilnius, LU Luxembourg, MG Antananarivo, MW Lilongwe, MY Kuala Lumpur, MV Malé, ML Bamako, MT Valletta, MH Majuro,
            MR Nouakchott, MU Port Louis, MX Mexico City, FM Palikir, MD Chisinau, MC Monaco, MN Ulaanbaatar, ME Podgorica, MA Rabat,
            MZ Maputo, MM Naypyidaw, NA Windhoek, NR Yaren, NP Kathmandu, NL Amsterdam, NZ Wellington, NI Managua, NE Niamey, NG Abuja,
            MK Skopje, NO Oslo, OM Muscat, PK Islamabad, PW Ngerulmud, PS Ramallah, PA Panama City, PG Port Moresby, PY Asunción,
            PE Lima, PH Manila, PL Warsaw, PT Lisbon, QA Doha, RO Bucharest, RU Moscow, RW Kigali, KN Basseterre, LC Castries,
            VC Kingstown, WS Apia, SM San Marino, ST São Tomé, SA Riyadh, SN Dakar, RS Belgrade, SC Victoria, SL Freetown,
            SG Singapore, SK Bratislava, SI Ljubljana, SB Honiara, SO Mogadishu, ZA Pretoria, ZA Cape Town, SS Juba, ES Madrid,
            LK Colombo, SD Khartoum, SR Paramaribo, SE Stockholm, CH Bern, SY Damascus, TW Taipei, TJ Dushanbe, TZ Dodoma, TH Bangkok,
            TL Dili, TG Lomé, TO Nukuʻalofa, TT Port of Spain, TN Tunis, TR Ankara, TM Ashgabat, TV Funafuti, UG Kampala, UA Kyiv,
            AE Abu Dhabi, GB London, US Washington, UY Montevideo, UZ Tashkent, VU Port Vila, VA Vatican City, VE Caracas, VN Hanoi,
            YE Sana'a, ZM Lusaka, ZW Harare""";

    private final List<Place> places = CoreTable.read();

    @Test
    void theTableHasTheLargeCitiesOfTheWorld() {
        assertThat(places).hasSizeGreaterThan(800);
        assertThat(places.stream().filter(place -> place.population() >= 1_000_000))
                .hasSizeGreaterThan(400);
    }

    @Test
    void everyCountryHasAPlace() {
        Set<String> missing = new TreeSet<>(List.of(Locale.getISOCountries()));
        places.forEach(place -> missing.remove(place.countryCode()));
        missing.removeAll(WITHOUT_A_PLACE);
        assertThat(missing).isEmpty();
    }

    @Test
    void everyNationalCapitalIsInTheTable() {
        assertThat(CAPITALS.split(",\\s+")).hasSizeGreaterThan(190).allSatisfy(capital -> assertThat(places)
                .anyMatch(place -> capital.startsWith(place.countryCode() + " ")
                        && (place.name().equals(capital.substring(3))
                                || place.otherNames().contains(capital.substring(3)))));
    }

    @Test
    void everyPlaceHasValidCoordinates() {
        assertThat(places).allSatisfy(place -> {
            assertThat(place.latitude()).isBetween(-90.0, 90.0);
            assertThat(place.longitude()).isBetween(-180.0, 180.0);
            assertThat(place.elevationMeters()).isBetween(-450.0, 5_100.0);
            assertThat(place.population()).isBetween(0, 40_000_000);
        });
    }

    @Test
    void everyCountryCodeIsInIso3166() {
        assertThat(places).allMatch(place -> Countries.isCode(place.countryCode()));
    }

    /** Clocks follow the sun within four and a half hours, even in the west of China and in Kiribati. */
    @Test
    void everyTimeZoneFitsTheLongitude() {
        assertThat(places).allSatisfy(place -> {
            double clock =
                    ZoneId.of(place.timeZone()).getRules().getOffset(JANUARY).getTotalSeconds() / 3600.0;
            double apart = Math.abs(clock - place.longitude() / 15);
            boolean pole = place.latitude() < -75;
            assertThat(pole ? 0 : Math.min(apart, 24 - apart)).isLessThan(4.5);
        });
    }

    @Test
    void noPlaceIsDuplicated() {
        Set<String> seen = places.stream()
                .map(place -> place.name() + "|" + place.region() + "|" + place.countryCode())
                .collect(Collectors.toSet());
        assertThat(seen).hasSameSizeAs(places);
    }

    @Test
    void placesOfOneNameInOneCountryHaveRegions() {
        for (Place one : places) {
            long unnamed = places.stream()
                    .filter(other -> other.name().equals(one.name())
                            && other.countryCode().equals(one.countryCode())
                            && other.region() == null)
                    .count();
            assertThat(unnamed).as(one.displayName()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void everyTranslatedNameIsThatOfAPlaceInTheTable() {
        Set<String> known = places.stream()
                .map(place -> place.name() + "|" + place.countryCode())
                .collect(Collectors.toSet());
        assertThat(known).containsAll(CoreTable.names().keySet());
    }
}
