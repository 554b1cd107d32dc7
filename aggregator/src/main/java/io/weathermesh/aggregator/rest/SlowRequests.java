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
 * Closes a connection whose client takes too long over sending a request, header and body: a client that sends a byte now
 * and then is never idle, and many of them would hold all connections. Waiting between requests is not slow.
 *
 * <p>Over HTTP/2 only the first request is watched: later ones share a connection with frames that are no requests, and
 * the limits on streams and headers bound them.
 */
final class SlowRequests implements DecoratingHttpServiceFunction {
    private static final AttributeKey<Watch> WATCH = AttributeKey.valueOf(SlowRequests.class, "WATCH");

    private final Duration limit;

    SlowRequests(Duration limit) {
        this.limit = limit;
    }

    /** Watches a new connection. */
    void watch(ChannelPipeline connection) {
        Watch watch = new Watch(limit);
        connection.channel().attr(WATCH).set(watch);
        connection.addFirst("slow-requests", watch);
    }

    /** A header is here; the watch goes on for the body and ends with it. */
    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        Channel channel = context.log().partial().channel();
        Watch watch = channel == null ? null : channel.attr(WATCH).get();
        if (watch != null) {
            if (context.sessionProtocol() == SessionProtocol.H2C) {
                watch.over();
            } else {
                var unused = context.log().whenRequestComplete().thenRun(watch::complete);
            }
        }
        return delegate.serve(context, request);
    }

    /** One connection. Touched by its event loop only, apart from the two flags. */
    private static final class Watch extends ChannelInboundHandlerAdapter {
        private final Duration limit;
        private volatile boolean incomplete;
        private volatile boolean over;
        private long beganNanos;
        private boolean timed; // one timer a connection, not one a request: most requests are here long before it

        Watch(Duration limit) {
            this.limit = limit;
        }

        /** The request is here as a whole. */
        void complete() {
            incomplete = false;
        }

        /** This connection needs no watch any more. */
        void over() {
            over = true;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            if (!incomplete && !over) {
                incomplete = true;
                beganNanos = System.nanoTime();
                if (!timed) {
                    checkIn(limit.toNanos(), context);
                }
            }
            context.fireChannelRead(bytes);
        }

        private void checkIn(long nanos, ChannelHandlerContext context) {
            timed = true;
            var unused = context.executor().schedule(() -> check(context), nanos, TimeUnit.NANOSECONDS);
        }

        private void check(ChannelHandlerContext context) {
            timed = false;
            if (incomplete && !over) {
                long leftNanos = beganNanos + limit.toNanos() - System.nanoTime();
                if (leftNanos > 0) {
                    checkIn(leftNanos, context);
                } else {
                    var unused = context.close();
                }
            }
        }
    }
}
