/** What a person sees in a browser: the page and the documentation, as files. */
@NullMarked
package io.weathermesh.aggregator.web;

import org.jspecify.annotations.NullMarked;
