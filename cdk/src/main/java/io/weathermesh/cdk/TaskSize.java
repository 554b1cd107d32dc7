package io.weathermesh.cdk;

import java.util.Map;
import java.util.Set;

/**
 * What a service's tasks get, and how many there are.
 *
 * @param cpuUnits 1024 are one vCPU
 * @param memoryMiB one of those that Fargate pairs with the CPU
 * @param minTasks at least 2: one may be lost at any time
 * @param maxTasks what scaling may reach
 */
public record TaskSize(int cpuUnits, int memoryMiB, int minTasks, int maxTasks) {
    /** The small sizes of Fargate: more than one vCPU is better spent on more tasks. */
    private static final Map<Integer, Set<Integer>> FARGATE = Map.of(
            256, Set.of(512, 1024, 2048),
            512, Set.of(1024, 2048, 3072, 4096),
            1024, Set.of(2048, 3072, 4096, 5120, 6144, 7168, 8192));

    /** A provider's task needs little: a quarter of a CPU answers some thousand calls a second. */
    public static final TaskSize PROVIDER = new TaskSize(256, 512, 2, 20);

    /** The gateway's task reads and writes JSON. */
    public static final TaskSize GATEWAY = new TaskSize(512, 1024, 2, 20);

    /** The same tasks, but scaling may reach another number of them. */
    TaskSize upTo(int tasks) {
        return new TaskSize(cpuUnits, memoryMiB, minTasks, tasks);
    }

    public TaskSize {
        if (!FARGATE.getOrDefault(cpuUnits, Set.of()).contains(memoryMiB)) {
            throw new IllegalArgumentException(
                    "Fargate has no task of " + cpuUnits + " CPU units and " + memoryMiB + " MiB");
        }
        if (minTasks < 2) {
            throw new IllegalArgumentException("minTasks is " + minTasks + ", but must be at least 2");
        }
        if (maxTasks < minTasks) {
            throw new IllegalArgumentException(
                    "maxTasks is " + maxTasks + ", but must be at least " + minTasks + " (minTasks)");
        }
    }
}
