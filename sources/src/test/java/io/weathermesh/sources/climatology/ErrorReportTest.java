package io.weathermesh.sources.climatology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.sources.climatology.ErrorReport.Errors;
import io.weathermesh.sources.climatology.ErrorReport.LeftOut;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ErrorReportTest {
    @Test
    void theCommittedReportIsUpToDate() throws Exception {
        assertThat(ErrorReport.text()).isEqualTo(Files.readString(Path.of("ERROR-REPORT.md")));
    }

    @Test
    void verifiedPlacesAreEstimatedFromTheOthersWithinTheDocumentedError() {
        List<LeftOut> verified = ErrorReport.leftOut().stream()
                .filter(each -> each.normal().humidityVerified())
                .toList();

        assertThat(Errors.of(verified, LeftOut::temperature).rootMeanSquare()).isLessThan(4.5);
        assertThat(Errors.of(verified, LeftOut::humidity).rootMeanSquare()).isLessThan(12);
    }

    @Test
    void theMeansAtAPlaceOfTheTableAreItsOwn() {
        Climatology climatology = Climatology.embedded(Clock.systemUTC());

        for (Normal normal : Normal.table()) {
            ClimateEstimate estimate = climatology.estimate(normal.point());
            assertThat(estimate.temperature()).isEqualTo(normal.temperature());
            assertThat(estimate.humidity()).isEqualTo(normal.humidity());
        }
    }
}
