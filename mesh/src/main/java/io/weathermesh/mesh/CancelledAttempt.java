package io.weathermesh.mesh;

import java.time.Duration;

/**
 * An attempt of a call that was cancelled, and what became of the call beside it. Silence shows in no other way: gRPC
 * cancels the attempts of a hedged call when one of them was answered, and when the caller's time is over.
 *
 * <p>Silence is held against a task only where another one answered the same question, or where nobody else was asked.
 * When two tasks say nothing to one call, it is rather this process, its machine or the network that stands still. Were
 * the tasks blamed for it, two of three healthy ones would be left out for seconds (measured), and if the third one froze
 * then, there would be nobody to call.
 *
 * @param age how long the attempt had run
 * @param answeredOnce whether it is a unary call; a stream is ended by its client, sooner or later
 * @param outOfTime whether the deadline of the call has passed
 * @param alone whether the call was sent to no other task
 * @param answered whether any attempt of the call was answered
 */
record CancelledAttempt(Duration age, boolean answeredOnce, boolean outOfTime, boolean alone, boolean answered) {
    boolean speaksAgainstTheTask() {
        // Who lost although it began a whole hedging delay before hangs; who lost sooner had no time to answer.
        boolean hadTime = age.compareTo(ChannelPolicy.HEDGING_DELAY) >= 0;
        return answeredOnce && (answered ? hadTime : alone && (hadTime || outOfTime));
    }
}
