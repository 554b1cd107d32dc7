package io.weathermesh.aggregator;

import java.io.Console;

/** Whether a person watches the output of this process. */
final class Terminal {
    private Terminal() {}

    /** Before JDK 22 a console is always a terminal; from then on there is always one, and it says whether it is. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean watches() {
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
