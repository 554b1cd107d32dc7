package io.weathermesh.aggregator.places;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/** A growing list of the numbers of places. For one thread. */
final class Numbers implements IntConsumer {
    private int[] numbers = new int[16];
    private int size;

    @Override
    public void accept(int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size++] = number;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int get(int position) {
        return numbers[position];
    }

    /** Those for which something is true, in the same order. */
    Numbers where(IntPredicate condition) {
        Numbers some = new Numbers();
        for (int i = 0; i < size; i++) {
            if (condition.test(numbers[i])) {
                some.accept(numbers[i]);
            }
        }
        return some;
    }

    boolean contains(int number) {
        for (int i = 0; i < size; i++) {
            if (numbers[i] == number) {
                return true;
            }
        }
        return false;
    }
}
