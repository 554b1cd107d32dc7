package io.weathermesh.aggregator.places;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/** A growing list of numbers. For one thread. */
final class IntList implements IntConsumer {
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

    /** The numbers that fulfil a condition, in the same order. */
    IntList where(IntPredicate condition) {
        IntList some = new IntList();
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
