"""Reads the gateway's answers with the client that was generated from /openapi.json into the package `weather_client`.

    PYTHONPATH=<where the package is> python generated_client.py http://127.0.0.1:8080

Whatever the generated models cannot read, or read and do not give back, is a difference between the contract and the
responses. Requests the weather and the climate at a hundred places, all of them as a batch, and invalid places.
"""

import datetime
import json
import sys

from weather_client.api.places_and_sources import list_sources, search_locations
from weather_client.api.weather import batch_lookup_weather, lookup_climate, lookup_weather, lookup_weather_by_query
from weather_client.client import Client
from weather_client.models import BatchLookupWeatherRequest, LookupWeatherRequest, ProblemDetails

PLACES = 100
BEGINNINGS = ("a", "be", "ca", "do", "lon")


def instants(value):
    """The same document with every instant as one, however it was written down."""
    if isinstance(value, dict):
        return {name: instants(member) for name, member in value.items()}
    if isinstance(value, list):
        return [instants(item) for item in value]
    if isinstance(value, str) and value[4:5] == "-" and "T" in value:
        return datetime.datetime.fromisoformat(value)
    return value


def read(response, kind):
    """The model that the client made of an answer, which must be of a kind and have in it all that the answer had."""
    assert type(response.parsed).__name__ == kind, f"{response.status_code}: {response.content!r}"
    there, read_back = instants(json.loads(response.content)), instants(response.parsed.to_dict())
    assert read_back == there, f"read {read_back}\nof {there}"
    return response.parsed


def main(url):
    client = Client(base_url=url)
    places = {}
    for beginning in BEGINNINGS:
        found = read(search_locations.sync_detailed(client=client, query=beginning, page_size=50), "SearchLocationsResponse")
        for place in found.locations:
            places[place.display_name] = place
    asked = list(places.values())[:PLACES]
    assert len(asked) == PLACES, f"{len(asked)} places to ask for"

    for place in asked:
        coordinates = place.coordinates
        weather = read(
            lookup_weather_by_query.sync_detailed(
                client=client, latitude=coordinates.latitude, longitude=coordinates.longitude
            ),
            "Weather",
        )
        assert weather.status == "STATUS_COMPLETE", weather
        read(lookup_climate.sync_detailed(place.display_name, client=client), "Climate")
    print(f"ok  the weather and the climate at {len(asked)} places")

    questions = [LookupWeatherRequest(location=place.display_name) for place in asked[:-1]]
    questions.append(LookupWeatherRequest(location="no such place as this"))
    batch = read(
        batch_lookup_weather.sync_detailed(client=client, body=BatchLookupWeatherRequest(requests=questions)),
        "BatchLookupWeatherResponse",
    )
    assert all(result.weather for result in batch.results[:-1]) and batch.results[-1].error, batch
    print(f"ok  {len(questions)} places as a batch, one of them unknown")

    read(list_sources.sync_detailed(client=client), "ListSourcesResponse")
    for location, status in (("no such place as this", 404), ("91,0", 400)):
        response = lookup_weather.sync_detailed(location, client=client)
        assert response.status_code == status and isinstance(read(response, "ProblemDetails"), ProblemDetails)
    print("ok  the sources, and the problems of an unknown place and of coordinates out of range")


main(sys.argv[1])
