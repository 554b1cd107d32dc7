package io.weathermesh.cdk;

import java.util.regex.Pattern;

/**
 * Where the services' images are: repositories {@code <prefix>/<service>} of the account's own registry. They are made
 * and filled before the stack (README), so that a synth needs no container engine and no network.
 *
 * @param prefix the first part of the repositories' names
 * @param tag the version of all three services; a tag that never moves, or a roll back would not roll back
 */
public record Images(String prefix, String tag) {
    private static final Pattern PREFIX = Pattern.compile("[a-z0-9]+([._/-][a-z0-9]+)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    public Images {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("imagePrefix is '" + prefix + "', but must be a repository's name");
        }
        if (!TAG.matcher(tag).matches() || tag.equals("latest")) {
            throw new IllegalArgumentException(
                    "imageTag is '" + tag + "', but must be a tag that never moves, such as a commit");
        }
    }

    String repositoryOf(String service) {
        return prefix + "/" + service;
    }
}
