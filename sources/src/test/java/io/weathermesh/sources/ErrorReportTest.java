package io.weathermesh.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.sources.ErrorReport.Errors;
import io.weathermesh.sources.ErrorReport.Miss;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ErrorReportTest {
    @Test
    void theCommittedReportIsWhatTheReportPrints() throws Exception {
        assertThat(ErrorReport.text()).isEqualTo(Files.readString(Path.of("ERROR-REPORT.md")));
    }

    @Test
    void aVerifiedPlaceIsEstimatedFromTheOthersAsWellAsItIsToldToBe() {
        List<Miss> verified = ErrorReport.misses().stream()
                .filter(miss -> miss.normal().humidityVerified())
                .toList();

        assertThat(Errors.of(verified, Miss::temperature).rootMeanSquare()).isLessThan(4.5);
        assertThat(Errors.of(verified, Miss::humidity).rootMeanSquare()).isLessThan(12);
    }

    @Test
    void atAPlaceOfTheTableTheMeansAreItsOwn() {
        Climatology climatology = Climatology.embedded();

        for (Normal normal : Normal.table()) {
            UsualYear year = climatology.year(normal.point());
            assertThat(year.temperature()).isEqualTo(normal.temperature());
            assertThat(year.humidity()).isEqualTo(normal.humidity());
        }
    }
}
