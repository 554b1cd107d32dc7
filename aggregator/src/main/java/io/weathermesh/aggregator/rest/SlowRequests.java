package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose client takes too long to send a request, head and body: a client that sends a byte now and then
 * is never idle, and many of them would hold all connections. The time between requests does not count.
 *
 * <p>Over HTTP/2 only the first request is timed: later ones share the connection with frames that are no requests, and the
 * limits on streams and headers apply to them.
 */
final class SlowRequests implements DecoratingHttpServiceFunction {
    private static final AttributeKey<Timer> TIMER = AttributeKey.valueOf(SlowRequests.class, "TIMER");

    private final Duration limit;

    SlowRequests(Duration limit) {
        this.limit = limit;
    }

    /** Starts to time the requests of a new connection. */
    void watch(ChannelPipeline connection) {
        Timer timer = new Timer(limit);
        connection.channel().attr(TIMER).set(timer);
        connection.addFirst("slow-requests", timer);
    }

    /** The head is complete; the time runs on for the body. */
    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        Channel channel = context.log().partial().channel();
        Timer timer = channel == null ? null : channel.attr(TIMER).get();
        if (timer != null) {
            if (context.sessionProtocol() == SessionProtocol.H2C) {
                timer.stop();
            } else {
                var unused = context.log().whenRequestComplete().thenRun(timer::complete);
            }
        }
        return delegate.serve(context, request);
    }

    /** Of one connection. Used by its event loop only, apart from the two flags. */
    private static final class Timer extends ChannelInboundHandlerAdapter {
        private final Duration limit;
        private volatile boolean incomplete;
        private volatile boolean stopped;
        private long startNanos;
        private boolean scheduled; // once a connection, not once a request: most requests arrive long before the limit

        Timer(Duration limit) {
            this.limit = limit;
        }

        /** The request has arrived. */
        void complete() {
            incomplete = false;
        }

        /** No further request of this connection is timed. */
        void stop() {
            stopped = true;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            if (!incomplete && !stopped) {
                incomplete = true;
                startNanos = System.nanoTime();
                if (!scheduled) {
                    schedule(limit.toNanos(), context);
                }
            }
            context.fireChannelRead(bytes);
        }

        private void schedule(long nanos, ChannelHandlerContext context) {
            scheduled = true;
            var unused = context.executor().schedule(() -> check(context), nanos, TimeUnit.NANOSECONDS);
        }

        private void check(ChannelHandlerContext context) {
            scheduled = false;
            if (incomplete && !stopped) {
                long leftNanos = startNanos + limit.toNanos() - System.nanoTime();
                if (leftNanos > 0) {
                    schedule(leftNanos, context);
                } else {
                    var unused = context.close();
                }
            }
        }
    }
}
