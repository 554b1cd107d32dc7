package io.weathermesh.cdk;

import java.util.Map;
import java.util.Set;

/**
 * The size of a service's tasks, and their number.
 *
 * @param cpuUnits 1,024 are one vCPU
 * @param memoryMiB one of those that Fargate pairs with the CPU
 * @param minTasks at least 2: one may be lost at any time
 * @param maxTasks the limit of scaling
 */
public record TaskSize(int cpuUnits, int memoryMiB, int minTasks, int maxTasks) {
    /** The small sizes of Fargate: more than one vCPU is better spent on more tasks. */
    private static final Map<Integer, Set<Integer>> FARGATE = Map.of(
            256, Set.of(512, 1024, 2048),
            512, Set.of(1024, 2048, 3072, 4096),
            1024, Set.of(2048, 3072, 4096, 5120, 6144, 7168, 8192));

    private static final int MIN_TASKS = 2;

    /**
     * Half of the 1,000 instances that Cloud Map registers for a service, a quota that AWS does not raise ("Amazon ECS service
     * quotas"): a deploy runs up to twice as many tasks.
     */
    static final int MAX_TASKS = 500;

    /** A provider's task needs little: a quarter of a CPU serves some thousand calls a second. */
    public static final TaskSize PROVIDER = new TaskSize(256, 512, MIN_TASKS, 20);

    /** The gateway's task reads and writes JSON. */
    public static final TaskSize GATEWAY = new TaskSize(512, 1024, MIN_TASKS, 20);

    public TaskSize {
        if (!FARGATE.getOrDefault(cpuUnits, Set.of()).contains(memoryMiB)) {
            throw new IllegalArgumentException("the task size is " + cpuUnits + " CPU units with " + memoryMiB
                    + " MiB, but must be one that Fargate offers");
        }
        if (minTasks < MIN_TASKS) {
            throw new IllegalArgumentException("minTasks is " + minTasks + ", but must be at least " + MIN_TASKS);
        }
        if (maxTasks < minTasks) {
            throw new IllegalArgumentException(
                    "maxTasks is " + maxTasks + ", but must be at least " + minTasks + " (minTasks)");
        }
        if (maxTasks > MAX_TASKS) {
            throw new IllegalArgumentException("maxTasks is " + maxTasks + ", but must be at most " + MAX_TASKS
                    + ": Cloud Map registers 1,000 instances of a service, and a deploy runs twice as many tasks");
        }
    }

    /** The same size with another limit of scaling. */
    TaskSize upTo(int tasks) {
        return new TaskSize(cpuUnits, memoryMiB, minTasks, tasks);
    }
}
