package io.weathermesh.local;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Which top-level types of a source folder use which others. Taken from the sources, with nested types counted as their
 * file: class files do not show the use of a constant, which javac copies.
 */
final class TypeGraph {
    private final Map<String, Set<String>> uses = new TreeMap<>();

    private TypeGraph() {}

    /** @param sources a folder such as {@code src/main/java}; a folder that does not exist has no types */
    static TypeGraph of(Path sources) throws IOException {
        TypeGraph graph = new TypeGraph();
        if (!Files.isDirectory(sources)) {
            return graph;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (Stream<Path> files = Files.walk(sources);
                StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<Path> java = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .toList();
            if (!java.isEmpty()) {
                JavacTask task = (JavacTask)
                        compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(java));
                graph.add(task.parse());
            }
        }
        return graph;
    }

    private void add(Iterable<? extends CompilationUnitTree> units) {
        units.forEach(unit -> uses.put(nameOf(unit), new TreeSet<>()));
        for (CompilationUnitTree unit : units) {
            String own = nameOf(unit);
            Map<String, String> visible = visibleIn(unit);
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitImport(ImportTree tree, @Nullable Void unused) {
                    return null;
                }

                @Override
                public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
                    String used = visible.get(tree.getName().toString());
                    if (used != null && !used.equals(own)) {
                        uses.get(own).add(used);
                    }
                    return null;
                }
            }.scan(unit, null);
        }
    }

    private static String nameOf(CompilationUnitTree unit) {
        String file = Path.of(unit.getSourceFile().toUri()).getFileName().toString();
        return unit.getPackageName() + "." + file.substring(0, file.length() - ".java".length());
    }

    /** The top-level types of this folder by the names that a file has for them, their members that it imports included. */
    private Map<String, String> visibleIn(CompilationUnitTree unit) {
        Map<String, String> visible = new HashMap<>();
        for (String type : uses.keySet()) {
            if (packageOf(type).equals(String.valueOf(unit.getPackageName()))) {
                visible.put(simpleName(type), type);
            }
        }
        for (ImportTree imported : unit.getImports()) {
            String name = imported.getQualifiedIdentifier().toString();
            for (String outer = name; outer.contains("."); outer = packageOf(outer)) {
                if (uses.containsKey(outer)) {
                    visible.put(simpleName(name), outer);
                }
            }
        }
        return visible;
    }

    static String packageOf(String type) {
        return type.substring(0, type.lastIndexOf('.'));
    }

    static String simpleName(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    Set<String> types() {
        return uses.keySet();
    }

    /** Groups of types that use each other, directly or through others. */
    List<Set<String>> circles() {
        List<Set<String>> circles = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String type : uses.keySet()) {
            if (seen.contains(type)) {
                continue;
            }
            Set<String> circle = new TreeSet<>();
            for (String other : reachableFrom(type)) {
                if (reachableFrom(other).contains(type)) {
                    circle.add(other);
                }
            }
            seen.addAll(circle);
            if (!circle.isEmpty()) {
                circles.add(circle);
            }
        }
        return circles;
    }

    private Set<String> reachableFrom(String type) {
        Set<String> reached = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(uses.get(type));
        while (!next.isEmpty()) {
            String one = next.pop();
            if (reached.add(one)) {
                next.addAll(uses.get(one));
            }
        }
        return reached;
    }
}
