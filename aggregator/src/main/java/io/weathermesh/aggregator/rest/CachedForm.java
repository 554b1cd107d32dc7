package io.weathermesh.aggregator.rest;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.netty.handler.codec.DateFormatter;
import io.weathermesh.aggregator.providers.Provenances;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Instant;
import java.util.Date;

/**
 * An answer of the contract as a document that caches may keep: until when, and by which tag they can ask whether it has
 * changed. The tag is weak, since it leaves out when the question came and when a provider looked: two answers with the
 * same readings are the same. A usual year is the same, too, where only the time has moved on until which it holds. All
 * that does not depend on when it is asked for is written down once, however often it is answered with.
 */
final class CachedForm {
    private final Outcome outcome;
    private final Instant expires;
    private final String expiresDate;
    private final EntityTag tag;
    private final HttpData body;

    /**
     * @param message the answer
     * @param expires until when it may be kept; what has expired already must not be kept at all
     */
    CachedForm(Message message, Instant expires) {
        this.expires = expires;
        expiresDate = DateFormatter.format(Date.from(expires));
        outcome = Outcome.of(message);
        tag = EntityTag.of(withoutTheQuestionsTime(message));
        body = HttpData.ofUtf8(Json.print(message));
    }

    /** How a request ends that is answered with it, but for its calls. */
    Outcome outcome() {
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

    HttpResponse answer(RequestHeaders request, Instant now) {
        long freshSeconds = freshSeconds(now);
        boolean known = freshSeconds > 0 && tag.isAmong(request.getAll(HttpHeaderNames.IF_NONE_MATCH));
        ResponseHeadersBuilder headers = ResponseHeaders.builder(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
        if (freshSeconds > 0) {
            headers.set(HttpHeaderNames.CACHE_CONTROL, "public, max-age=" + freshSeconds)
                    .set(HttpHeaderNames.EXPIRES, expiresDate)
                    .set(HttpHeaderNames.ETAG, tag.text());
        } else {
            headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        }
        if (known) {
            return HttpResponse.of(headers.build());
        }
        return HttpResponse.of(headers.contentType(MediaType.JSON_UTF_8).build(), body);
    }

    private static Message withoutTheQuestionsTime(Message message) {
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
