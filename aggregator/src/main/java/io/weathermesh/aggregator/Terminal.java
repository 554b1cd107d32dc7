package io.weathermesh.aggregator;

import java.io.Console;

/** The terminal of this process. */
final class Terminal {
    private Terminal() {}

    /** Whether the output goes to a terminal. Before JDK 22 a console is always one; later there is always a console. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isAttached() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJdk) {
            return true;
        }
    }
}
