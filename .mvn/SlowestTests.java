import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Prints the test classes that took longest in a run, of all modules, from the reports of Surefire and Failsafe:
 * {@code java .mvn/SlowestTests.java ROOT START}. Reports of earlier runs, written before the instant START, do not count.
 * Classes of a module that ran side by side add up to more than the run took.
 */
final class SlowestTests {
    private static final int SHOWN = 20;

    private record TestClass(String module, String name, int tests, double seconds) {}

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]).toAbsolutePath().normalize();
        Instant start = Instant.parse(args[1]);
        List<TestClass> classes;
        try (Stream<Path> reports = Files.walk(root, 4)) {
            classes = reports.filter(SlowestTests::isReport)
                    .filter(report -> !modified(report).isBefore(start))
                    .map(report -> read(root, report))
                    .sorted(Comparator.comparingDouble(TestClass::seconds).reversed())
                    .toList();
        }
        if (classes.isEmpty()) {
            return; // a run without tests
        }
        System.out.printf(
                Locale.ROOT,
                "%d tests in %d classes, %.0f s; the slowest:%n",
                classes.stream().mapToInt(TestClass::tests).sum(),
                classes.size(),
                classes.stream().mapToDouble(TestClass::seconds).sum());
        classes.stream()
                .limit(SHOWN)
                .forEach(one -> System.out.printf(
                        Locale.ROOT,
                        "%8.1f s  %5d tests  %-12s %s%n",
                        one.seconds(),
                        one.tests(),
                        one.module(),
                        one.name()));
    }

    private static boolean isReport(Path file) {
        return file.getParent().getFileName().toString().matches("(surefire|failsafe)-reports")
                && file.getFileName().toString().matches("TEST-.*\\.xml");
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestClass read(Path root, Path report) {
        try (InputStream file = Files.newInputStream(report)) {
            Element suite = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(file)
                    .getDocumentElement();
            return new TestClass(
                    root.relativize(report).getName(0).toString(),
                    suite.getAttribute("name").replaceFirst(".*\\.", ""),
                    Integer.parseInt(suite.getAttribute("tests")),
                    Double.parseDouble(suite.getAttribute("time").replace(",", "")));
        } catch (Exception e) {
            throw new IllegalStateException(report + " cannot be read", e);
        }
    }
}
