package io.weathermesh.aggregator.web.making;

import io.weathermesh.aggregator.web.WebPages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Copies the files of Swagger UI that a browser needs from the library's jar on the class path, and compresses them. The build
 * runs it; the library's jar is not there when the gateway runs.
 */
public final class SwaggerUiPacker {
    /** The folder of the files in the jar, above that of the version. */
    private static final String IN_JAR = "/META-INF/resources/webjars/swagger-ui/";

    private SwaggerUiPacker() {}

    /** @param args the folder to write to; the version of the library */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        for (String name : WebPages.SWAGGER_UI_FILES) {
            pack(IN_JAR + args[1] + "/" + name, folder.resolve(name + WebPages.PACKED));
        }
    }

    private static void pack(String resource, Path target) throws IOException {
        try (InputStream file = SwaggerUiPacker.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("the jar of Swagger UI has no " + resource);
            }
            try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(target))) {
                file.transferTo(packed);
            }
        }
    }
}
