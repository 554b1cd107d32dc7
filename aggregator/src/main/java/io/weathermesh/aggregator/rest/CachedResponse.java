package io.weathermesh.aggregator.rest;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import io.netty.handler.codec.DateFormatter;
import io.weathermesh.aggregator.providers.Provenances;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Instant;
import java.util.Date;

/**
 * A response that caches may keep until it expires, and revalidate with its entity tag. Everything that does not depend on
 * the request is rendered once. Immutable.
 *
 * <p>The tag is weak: it leaves out the effective time and the fetch times, so two responses with the same readings have the
 * same tag. That of a climate leaves out the expire times too.
 */
final class CachedResponse {
    private final RequestOutcome outcome;
    private final Instant expires;
    private final String expiresDate;
    private final EntityTag tag;
    private final HttpData body;

    /** @param expires the instant from which on no cache may use it; in the past for {@code no-store} */
    CachedResponse(Message message, Instant expires) {
        this.expires = expires;
        expiresDate = DateFormatter.format(Date.from(expires));
        outcome = RequestOutcome.of(message);
        tag = EntityTag.of(withoutTimes(message));
        body = HttpData.ofUtf8(Json.print(message));
    }

    /** The outcome of a request that gets this response without a call to a provider. */
    RequestOutcome outcome() {
        return outcome;
    }

    int bytes() {
        return body.length();
    }

    boolean isFresh(Instant now) {
        return freshSeconds(now) > 0;
    }

    private long freshSeconds(Instant now) {
        return Math.max(0, expires.getEpochSecond() - now.getEpochSecond());
    }

    /** 304 if it is fresh and the client has it, else 200. */
    HttpResponse toHttp(RequestHeaders request, Instant now) {
        long seconds = freshSeconds(now);
        if (seconds == 0) {
            return HttpResponse.of(
                    CacheHeaders.noStore(HttpStatus.OK, MediaType.JSON_UTF_8).build(), body);
        }
        if (tag.isAmong(request.getAll(HttpHeaderNames.IF_NONE_MATCH))) {
            return HttpResponse.of(CacheHeaders.fresh(HttpStatus.NOT_MODIFIED, seconds, expiresDate, tag)
                    .build());
        }
        return HttpResponse.of(
                CacheHeaders.fresh(HttpStatus.OK, seconds, expiresDate, tag)
                        .contentType(MediaType.JSON_UTF_8)
                        .build(),
                body);
    }

    private static Message withoutTimes(Message message) {
        if (message instanceof Weather weather) {
            Weather.Builder lasting = weather.toBuilder().clearEffectiveTime().clearLocalTime();
            Provenances.change(lasting, Provenance.Builder::clearFetchTime);
            return lasting.build();
        }
        if (message instanceof Climate climate) {
            Climate.Builder lasting = climate.toBuilder();
            Provenances.change(
                    lasting, provenance -> provenance.clearFetchTime().clearExpireTime());
            return lasting.build();
        }
        return message;
    }
}
