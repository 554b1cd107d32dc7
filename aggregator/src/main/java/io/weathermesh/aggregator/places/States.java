package io.weathermesh.aggregator.places;

import java.util.HashMap;
import java.util.Map;

/** Postal codes of the states of the USA and the provinces of Canada, which people write behind a city's name. */
final class States {
    private static final String USA =
            "AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,"
                    + "DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,"
                    + "KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,"
                    + "MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,"
                    + "NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,"
                    + "PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,"
                    + "VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming";

    private static final String CANADA =
            "AB Alberta,BC British Columbia,MB Manitoba,NB New Brunswick,NL Newfoundland and Labrador,NS Nova Scotia,"
                    + "NT Northwest Territories,NU Nunavut,ON Ontario,PE Prince Edward Island,QC Quebec,SK Saskatchewan,YT Yukon";

    private static final Map<String, Map<String, String>> BY_COUNTRY = Map.of("US", codes(USA), "CA", codes(CANADA));

    private States() {}

    /** Whether folded text is the postal code of a region. */
    static boolean isCodeOf(String countryCode, String folded, String region) {
        return region.equals(BY_COUNTRY.getOrDefault(countryCode, Map.of()).get(folded));
    }

    private static Map<String, String> codes(String list) {
        Map<String, String> codes = new HashMap<>();
        for (String entry : list.split(",", -1)) {
            codes.put(Folding.fold(entry.substring(0, 2)), entry.substring(3));
        }
        return Map.copyOf(codes);
    }
}
